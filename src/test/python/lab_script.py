"""Loads ./lab, whose name has no ending, as a module."""
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

_loader = SourceFileLoader("lab", str(Path(__file__).resolve().parents[3] / "lab"))
lab = module_from_spec(spec_from_loader("lab", _loader))
_loader.exec_module(lab)
