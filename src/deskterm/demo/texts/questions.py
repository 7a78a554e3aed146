"""Before an order: stock, codes, gifts, wool; and now and then a kind word."""

from deskterm.demo.texts import Text

TEXTS = (
    Text(
        "stock",
        "en",
        "Is the grey throw back in stock soon?",
        """\
Hello,

I have been eyeing the grey wool throw for weeks and now it is sold out. Will it be back in stock before the winter?

Best wishes
{name}""",
    ),
    Text(
        "stock",
        "en",
        "Restock?",
        """\
hi! any idea when the speckled mug in blue is available again?

{first}""",
    ),
    Text(
        "stock",
        "en",
        "Six of the same",
        """\
Good morning,

do you still have six of the beeswax candles, all from one batch? The page only lets me put four in the cart, so maybe you are nearly sold out.

{name}""",
    ),
    Text(
        "stock",
        "de",
        "Wieder lieferbar?",
        """\
Hallo,

wann ist die Wolldecke in Moosgrün wieder lieferbar? Auf der Seite steht nur „ausverkauft“.

Danke!
{first}""",
    ),
    Text(
        "stock",
        "fr",
        "Rupture de stock",
        """\
Bonjour,

le plaid gris est en rupture de stock depuis un moment. Savez-vous quand il sera de nouveau disponible ?

{name}""",
    ),
    Text(
        "stock",
        "nl",
        "Weer op voorraad?",
        """\
Hallo, wanneer is de grijze plaid weer op voorraad? Ik wil er graag twee.

{first}""",
    ),
    Text(
        "discount",
        "en",
        "Discount code not working",
        """\
Hi,

the discount code from your newsletter (WOOL10) doesn't work, the page says it has expired. The mail says until Sunday, though.

Thanks
{first}""",
    ),
    Text(
        "discount",
        "en",
        "code",
        """\
Code does not work?? Tried three times on my phone. I'd like to order tonight if possible.

{name}""",
    ),
    Text(
        "discount",
        "en",
        "Forgot to use my voucher",
        """\
Hello,

I forgot to enter my voucher when I placed order #{order}. Is there any way to apply it afterwards?

Kind regards,
{name}""",
    ),
    Text(
        "discount",
        "de",
        "Gutscheincode funktioniert nicht",
        """\
Hallo,

mein Gutscheincode funktioniert nicht. Er ist ein Geschenk und sollte noch bis Jahresende gelten. Was mache ich falsch?

Viele Grüße
{name}""",
    ),
    Text(
        "discount",
        "es",
        "Código de descuento",
        """\
Hola:

El código de descuento que me enviaron no funciona. ¿Me pueden mandar otro?

Gracias, {first}""",
    ),
    Text(
        "gift",
        "en",
        "Gift wrapping?",
        """\
Hello,

do you offer gift wrapping, and could you put a handwritten card in? It's for a birthday on the 30th.

Thank you,
{name}""",
    ),
    Text(
        "gift",
        "de",
        "Als Geschenk verpacken",
        """\
Guten Tag,

können Sie die Decke als Geschenk verpacken und direkt an meine Schwester schicken? Ohne Rechnung im Paket, wenn es geht.

Herzliche Grüße
{name}""",
    ),
    Text(
        "gift",
        "ja",
        "ギフト包装について",
        """\
こんにちは。

ギフト包装はできますか。友人の誕生日プレゼントにしたいです。メッセージカードも付けられると嬉しいです。

{name}""",
    ),
    Text(
        "care",
        "en",
        "Washing the blanket",
        """\
Hi there,

can I put the wool blanket into the washing machine? The label says hand wash, but it is rather big for my sink...

{first}""",
    ),
    Text(
        "care",
        "en",
        "Coffee stain",
        """\
Help! Coffee on the cream throw. How do I wash it without ruining it?

{first}""",
    ),
    Text(
        "care",
        "de",
        "Pflege der Wolldecke",
        """\
Hallo,

wie wasche ich die Wolldecke am besten? Sie fusselt auch noch ein wenig, ist das normal?

Viele Grüße
{name}""",
    ),
    Text(
        "product",
        "en",
        "Dimensions of the large throw",
        """\
Hello,

what are the dimensions of the large throw, and how heavy is it? I need it for a bed of 160 cm.

Regards,
{name}""",
    ),
    Text(
        "product",
        "en",
        "question about the wool",
        """\
Hi,

I have a question about the wool you use: is it free of mulesing, and where does it come from? I couldn't find it on the page.

Thanks, {first}""",
    ),
    Text(
        "product",
        "en",
        "Do you ship to Norway?",
        """\
Hello from Bergen! Do you ship to Norway, and do I have to pay customs on top?

{name}""",
    ),
    Text(
        "product",
        "en",
        "Mugs in the dishwasher",
        """\
Quick question: are the mugs safe for the dishwasher and the microwave?

{first}""",
    ),
    Text(
        "product",
        "en",
        "Invoice with VAT number",
        """\
Dear team,

I need an invoice with our company's VAT number for order {order}. Could you send me one as a PDF?

Best regards
{name}""",
    ),
    Text(
        "product",
        "de",
        "Frage zu den Hausschuhen",
        """\
Hallo,

ich habe eine Frage zu den Hausschuhen: Ist die Sohle aus Leder oder aus Filz? Und fallen sie eher klein oder groß aus?

Danke und Gruß
{name}""",
    ),
    Text(
        "product",
        "it",
        "Dimensioni della coperta",
        """\
Buongiorno,

avrei una domanda: quali sono le dimensioni della coperta grande? E di che materiale è il bordo?

Grazie
{name}""",
    ),
    Text(
        "product",
        "pt",
        "Uma pergunta",
        """\
Olá,

tenho uma pergunta: as velas de cera de abelha têm perfume? Quais são as dimensões da maior?

Obrigada,
{first}""",
    ),
    Text(
        "thanks",
        "en",
        "Just a thank you",
        """\
Hello,

no problem at all, I only wanted to say thank you. The throw arrived yesterday and it is so beautiful that the cat has already claimed it.

Warm regards,
{name}""",
    ),
    Text(
        "thanks",
        "de",
        "Danke!",
        """\
Liebes Team,

die Decke ist wunderschön und das Paket war so liebevoll gepackt. Vielen Dank!

Herzlich
{first}""",
    ),
    Text(
        "thanks",
        "nl",
        "Bedankt!",
        """\
Hoi, even een berichtje: alles is goed aangekomen en het is prachtig. Bedankt!

{first}""",
    ),
    Text(
        "phishing",
        "en",
        "Is this mail from you?",
        """\
Hi,

I got a mail in your name that says my payment failed and that I must enter my card again within 24 hours. The link looks odd. Is this from you or is it phishing?

{name}""",
    ),
    Text(
        "checkout",
        "en",
        "Error at checkout",
        """\
Hello,

I get an error message at the end of the checkout, three times now. I don't know if I have paid or not. Can you see anything on your side?

{name}""",
    ),
)
