"""Warehouse's own judgement of a wheel, from a checkout of its sources.

What the view `file_upload` does to a wheel is taken out of it and run as it stands; only what it does with a data base
is replaced. Needs packaging, twine and what Warehouse's modules import (`REQUIREMENTS`).
"""

import ast
import contextlib
import io
import os
import re
import sys
import types
import zipfile
from pathlib import Path
from unittest import mock

import packaging.utils

REQUIREMENTS = ["email-validator", "packaging==26.2", "rfc3986", "trove-classifiers", "twine", "urllib3", "webob"]


class Refused(Exception):
    """What Warehouse answers."""


def _parsed(path: Path) -> ast.Module:
    # PEP 758: Warehouse is written for Python 3.14, which needs no parentheses here.
    text = re.sub(r"except ((?:[\w.]+, )+[\w.]+):", r"except (\1):", path.read_text())
    return ast.parse(text, str(path))


class Warehouse:
    def __init__(self, checkout: Path):
        self.checkout = checkout
        root = types.ModuleType("warehouse")
        root.__path__ = []
        utils = types.ModuleType("warehouse.utils")
        utils.__path__ = []
        sys.modules |= {"warehouse": root, "warehouse.utils": utils}
        self.zipfiles = self._module("warehouse.utils.zipfiles")
        self.wheel = self._module("warehouse.utils.wheel")
        utils.http = self._module("warehouse.utils.http")
        self.metadata = self._module("warehouse.forklift.metadata")
        self.constants = self._module("warehouse.constants")
        self._load_view()

    def _module(self, name: str) -> types.ModuleType:
        path = self.checkout / (name.replace(".", "/") + ".py")
        module = types.ModuleType(name)
        sys.modules[name] = module
        exec(compile(_parsed(path), str(path), "exec"), module.__dict__)
        return module

    def _load_view(self):
        """The functions and constants of the view's module that say what a wheel must be, and the part for wheels."""
        path = self.checkout / "warehouse/forklift/legacy.py"
        tree = _parsed(path)
        wanted = {"_valid_platform_tag", "_validate_filename", "_is_valid_dist_file", "_commonpath"}
        kept = [
            node
            for node in tree.body
            if (isinstance(node, ast.FunctionDef) and node.name in wanted) or isinstance(node, ast.Assign)
        ]
        view = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "file_upload")
        [part] = [
            node
            for node in ast.walk(view)
            if isinstance(node, ast.If)
            and ast.unparse(node.test) == "filename.endswith('.whl')"
            and "parse_wheel_filename" in ast.unparse(node)
        ]
        arguments = "request, form, meta, project, filename, temporary_filename, upload_archive"
        check = ast.parse(f"def check_wheel({arguments}):\n    pass").body[0]
        check.body = [part]

        def refusal(_status, message, **_more):
            return Refused(message)

        import tarfile
        import zlib

        names = {
            "re": re, "os": os, "zipfile": zipfile, "tarfile": tarfile, "zlib": zlib,
            "datetime": __import__("datetime"), "hashlib": __import__("hashlib"), "packaging": packaging,
            "nullcontext": contextlib.nullcontext,
            "ONE_MIB": self.constants.ONE_MIB, "ONE_GIB": self.constants.ONE_GIB, "zipfiles": self.zipfiles,
            "sentry_sdk": mock.Mock(), "scanner": mock.Mock(), "HTTPBadRequest": None,
            "_exc_with_message": refusal, "_filetype_extension_mapping": {"bdist_wheel": {".whl"}},
            "validate_record": self.wheel.validate_record, "validate_entrypoints": self.wheel.validate_entrypoints,
            "MissingWheelRecordError": self.wheel.MissingWheelRecordError,
            "InvalidWheelRecordError": self.wheel.InvalidWheelRecordError,
            "InvalidWheelEntryPointsError": self.wheel.InvalidWheelEntryPointsError,
            "send_wheel_record_mismatch_email": self._mail,
        }  # fmt: skip
        module = ast.fix_missing_locations(ast.Module([*kept, check], []))
        exec(compile(module, str(path), "exec"), names)
        self.view = types.SimpleNamespace(**names)

    def _mail(self, *_arguments, **_more):
        self.mails += 1

    def answer(self, path: Path) -> tuple[str, str]:
        """`accepted`, `mail` for what it accepts and writes to the maintainers of, or `refused`; and its words."""
        self.mails = 0
        try:
            self._upload(path)
        except Refused as error:
            return "refused", str(error)
        except Exception as error:  # noqa: BLE001  What it does not expect is an error of the server: no upload.
            errors = getattr(error, "exceptions", [error])
            return "refused", "; ".join(f"{type(error).__name__}: {error}" for error in errors)
        return ("mail" if self.mails else "accepted"), ""

    def _upload(self, path: Path):
        """The view's steps, in its order, with what a client sends."""
        meta = self._metadata(path)
        self.view._validate_filename(path.name, "bdist_wheel")
        if path.stat().st_size > self.constants.MAX_FILESIZE:
            raise Refused("File too large")
        scan = False
        archive = None
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(zipfile.BadZipFile):
                archive = stack.enter_context(zipfile.ZipFile(path))
            valid, message = self.view._is_valid_dist_file(
                str(path), "bdist_wheel", mock.Mock(), scan=scan, archive=archive
            )
            if not valid:
                raise Refused(f"Invalid distribution file. {message}")
            # The first check of the archive closes it where it was opened for that alone.
            archive = stack.enter_context(zipfile.ZipFile(path))
            project = mock.Mock(normalized_name=packaging.utils.canonicalize_name(meta.name), users=[])
            project.name = meta.name
            with mock.patch("builtins.open", lambda *_: io.BytesIO()):
                self.view.check_wheel(mock.Mock(), mock.Mock(), meta, project, path.name, str(path), archive)

    def _metadata(self, path: Path):
        """The fields that twine sends of the wheel, as Warehouse reads them from a form."""
        from twine import exceptions, package, repository
        from webob.multidict import MultiDict

        try:
            fields = package.PackageFile.from_filename(str(path), None).metadata_dictionary()
        except exceptions.TwineException as error:
            raise Refused(f"twine: {error}") from None
        form = MultiDict(repository.Repository._convert_metadata_to_list_of_tuples(fields))
        return self.metadata.parse(None, form_data=form)
