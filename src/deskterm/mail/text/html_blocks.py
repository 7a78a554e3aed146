"""The elements of HTML that stand on lines of their own (HTML Living Standard, 15.3), obsolete ones too."""

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section summary table ul xmp""".split()
)
# What stands within lines, and parts of tables and heads: such a tag, too, shows a text to be HTML.
INLINE = frozenset(
    """a abbr b big br cite code del em font i img ins label mark q s small span strike strong sub sup tt
    u""".split()
)
PARTS = frozenset("caption col colgroup head link meta style tbody td tfoot th thead title tr".split())
