"""The version, as the installation has it: it comes from a tag when a distribution is built, so no file of the code can know it."""

from .installed import version_of

#: Without a version where it is run from a folder in which nothing was installed.
__version__ = version_of("quoteminer") or "0+unknown"
