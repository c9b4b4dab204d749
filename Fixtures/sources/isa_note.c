// A Python extension whose GNU_PROPERTY_X86_ISA_1_NEEDED (0xc0008002) is the bit mask ISA
// (x86-64 psABI, "Program Property"). lld drops input sections that are named
// .note.gnu.property, so the note has another name here and the link renames it.
extern void memcpy(void);
void INIT(void) { memcpy(); }

__attribute__((used, section(".note.isa"), aligned(8))) static const struct {
    unsigned name_size, description_size, type;
    char name[4];
    unsigned property, data_size, mask, padding;
} note = {4, 16, 5 /* NT_GNU_PROPERTY_TYPE_0 */, "GNU", 0xc0008002, 4, ISA, 0};
