"""The version, as the installation has it: it comes from a tag when a distribution is built, so no file of the code can know it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("quoteminer")
except PackageNotFoundError:  # run from a folder in which nothing was installed
    __version__ = "0+unknown"
