"""The block elements of HTML (HTML Living Standard, 15.3), obsolete ones too."""

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section summary table ul xmp""".split()
)
# Inline elements, and parts of tables and of the head: such a tag also shows that a text is HTML.
INLINE = frozenset(
    """a abbr b big br cite code del em font i img ins label mark q s small span strike strong sub sup tt
    u""".split()
)
PARTS = frozenset("caption col colgroup head link meta style tbody td tfoot th thead title tr".split())
