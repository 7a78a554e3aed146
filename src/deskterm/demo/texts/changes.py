"""Something about an order is to change: its address, its size, or whether it comes at all."""

from deskterm.demo.texts import Text

TEXTS = (
    Text(
        "address",
        "en",
        "Wrong house number",
        """\
Hi,

I have just seen that I typed a wrong house number into order #{order}. It should be 14, not 41. Can you still change the address before it goes out?

Thank you!
{first}""",
    ),
    Text(
        "address",
        "en",
        "Please change the delivery address",
        """\
Hello,

could you change the delivery address of order {order} to my office? I'm never at home during the day.

{name}
c/o Brightwater Studio
Mill Lane 3

Thanks a lot""",
    ),
    Text(
        "address",
        "en",
        "moved house!",
        """\
Oh no, I ordered to my old address. We moved two weeks ago and the shop remembered the old one. Order is #{order}. Is it too late?

Sorry for the trouble,
{first}""",
    ),
    Text(
        "address",
        "de",
        "Falsche Adresse angegeben",
        """\
Hallo,

ich habe bei Bestellung #{order} leider die falsche Adresse angegeben. Richtig ist die Lindenallee 8, dritter Stock. Könnten Sie das noch ändern?

Danke und viele Grüße
{name}""",
    ),
    Text(
        "address",
        "fr",
        "Changement d'adresse",
        """\
Bonjour,

je viens de remarquer que l'adresse de livraison de ma commande {order} est mon ancienne adresse. Est-il encore possible de la changer ?

Merci beaucoup,
{first}""",
    ),
    Text(
        "address",
        "nl",
        "Adres wijzigen",
        """\
Hoi,

Kan ik het bezorgadres van bestelling {order} nog laten wijzigen? Ik ben net verhuisd en heb het oude adres ingevuld.

Alvast bedankt,
{first}""",
    ),
    Text(
        "cancel",
        "en",
        "Please cancel my order",
        """\
Hello,

please cancel order #{order}. I ordered the wrong colour and will order again.

Regards,
{name}""",
    ),
    Text(
        "cancel",
        "en",
        "ordered twice by mistake",
        """\
Hi, your page hung and now I have ordered twice. Please cancel the second one, #{order}, I only need it once :)

{first}""",
    ),
    Text(
        "cancel",
        "en",
        "Cancel {order}",
        """\
Good evening,

my sister has bought me the very same thing, so I no longer need order {order}. Could you cancel it and refund the card?

Thank you, {name}""",
    ),
    Text(
        "cancel",
        "de",
        "Stornierung Bestellung {order}",
        """\
Sehr geehrte Damen und Herren,

bitte stornieren Sie meine Bestellung {order}. Ich habe versehentlich die falsche Menge gewählt.

Mit freundlichen Grüßen
{name}""",
    ),
    Text(
        "cancel",
        "es",
        "Cancelar pedido",
        """\
Hola, quisiera cancelar mi pedido {order}, lo hice por error. ¿Es posible todavía?

Gracias
{first}""",
    ),
    Text(
        "cancel",
        "it",
        "Annullare ordine",
        """\
Buonasera,

vorrei annullare l'ordine {order}, ho sbagliato prodotto. Mi scuso per il disturbo.

{name}""",
    ),
    Text(
        "return",
        "en",
        "Return",
        """\
Hi,

the throw is beautiful but the grey doesn't go with our sofa at all. I would like to return it. How does that work? Order {order}.

{first}""",
    ),
    Text(
        "return",
        "en",
        "How do I send it back?",
        """\
Hello,

I'd like to send back part of order #{order}. Do you have a return label, and do I have to keep the box?

Kind regards,
{name}""",
    ),
    Text(
        "return",
        "en",
        "return policy",
        """\
Hi! Quick one: can I return {item} if it was opened but not used? It's a bit smaller than I imagined. Order {order}.

Thanks, {first}""",
    ),
    Text(
        "return",
        "de",
        "Rücksendung",
        """\
Guten Tag,

ich möchte aus Bestellung {order} gern etwas zurücksenden, die Farbe passt leider nicht. Wie bekomme ich ein Rücksendeetikett?

Beste Grüße
{name}""",
    ),
    Text(
        "return",
        "fr",
        "Retour d'un article",
        """\
Bonjour,

je souhaite retourner un article de ma commande {order}. Pouvez-vous m'envoyer une étiquette de retour ?

Bien à vous,
{name}""",
    ),
    Text(
        "return",
        "nl",
        "Retourneren",
        """\
Beste,

Ik wil graag iets uit bestelling {order} retourneren. Krijg ik van jullie een retourlabel?

Vriendelijke groet,
{name}""",
    ),
    Text(
        "exchange",
        "en",
        "Wrong size, can I swap for 41?",
        """\
Hi,

the slippers are lovely and warm but too small, I can hardly get my heel in. Could I swap them for a 41? Order #{order}.

Cheers
{first}""",
    ),
    Text(
        "exchange",
        "en",
        "Exchange",
        """\
Hello,

is it possible to exchange the cardigan from order {order} for one size larger? I've tried it on once, the tag is still on.

Best, {name}""",
    ),
    Text(
        "exchange",
        "de",
        "Umtausch Größe",
        """\
Hallo,

die Hausschuhe aus Bestellung {order} sind leider zu klein. Kann ich sie in Größe 40 umtauschen?

Liebe Grüße
{first}""",
    ),
    Text(
        "exchange",
        "es",
        "Cambio de talla",
        """\
Buenos días:

Las zapatillas del pedido {order} me quedan demasiado pequeñas. ¿Podría cambiarlas por otra talla, la 42?

Un saludo
{name}""",
    ),
    Text(
        "exchange",
        "sv",
        "Byta storlek",
        """\
Hej,

Tofflorna är för stora, kan jag byta till storlek 38? Ordernummer {order}.

Tack på förhand
{first}""",
    ),
    Text(
        "refund",
        "en",
        "Refund for {order}",
        """\
Hello,

you wrote that you would refund me for order #{order}, but I can't see anything on my account yet. When will I get my refund?

{name}""",
    ),
    Text(
        "refund",
        "en",
        "refund not received",
        """\
Hi,

I sent everything back two weeks ago and the refund still hasn't come. Could you check please? It's order {order}.

Thanks
{first}""",
    ),
    Text(
        "refund",
        "de",
        "Erstattung",
        """\
Guten Tag,

die Rücksendung zu Bestellung {order} müsste längst bei Ihnen sein, die Erstattung ist aber noch nicht da. Können Sie bitte nachsehen?

{name}""",
    ),
    Text(
        "refund",
        "fr",
        "Remboursement",
        """\
Bonjour,

je n'ai pas encore reçu le remboursement de ma commande {order}. Pouvez-vous me dire quand il sera effectué ?

Merci,
{first}""",
    ),
)
