"""TLS as it must be: certificates verified, nothing below TLS 1.2."""

import ssl

from deskterm.errors import ConfigError


def context(ca_file: str) -> ssl.SSLContext:
    """A context that trusts the machine's authorities, or the given file's alone."""
    try:
        made = ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"The certificate file {ca_file} cannot be read.",
            safe="No connection was made.",
            todo="Name a PEM file with the authority's certificate as `ca_file`, or leave it out.",
        ) from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made
