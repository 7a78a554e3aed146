"""What arrived is broken, wrong or missing; and people who have had enough."""

from deskterm.demo.texts import Text

TEXTS = (
    Text(
        "damaged",
        "en",
        "Broken candle holder",
        """\
Hi,

the parcel arrived today and the candle holder is cracked right through. The box looked fine from outside. Order {order}.

I'm a bit sad, it was meant for my mum.

{first}""",
    ),
    Text(
        "damaged",
        "en",
        "Mug arrived broken",
        """\
Hello,

one of the two mugs from order #{order} arrived broken, the handle came off. The other one is perfect. Do you need a picture?

{name}""",
    ),
    Text(
        "damaged",
        "en",
        "hole in the blanket",
        """\
Good afternoon,

unpacking {item} I found a small hole near the seam. I suppose it is a weaving fault? Order number is {order}.

Best regards
{name}""",
    ),
    Text(
        "damaged",
        "en",
        "Glass shattered",
        """\
Careful with the next ones: the glass of the candle was shattered, everything full of splinters. #{order}. Nobody hurt, luckily.

{first}""",
    ),
    Text(
        "damaged",
        "de",
        "Tasse zerbrochen",
        """\
Hallo,

leider ist eine Tasse aus Bestellung {order} zerbrochen angekommen. Der Karton war an einer Ecke eingedrückt. Bekomme ich Ersatz?

Viele Grüße
{name}""",
    ),
    Text(
        "damaged",
        "fr",
        "Article cassé",
        """\
Bonjour,

j'ai reçu ma commande {order} aujourd'hui, mais le mug est cassé. Que dois-je faire ?

Cordialement
{name}""",
    ),
    Text(
        "damaged",
        "it",
        "Tazza rotta",
        """\
Buongiorno,

purtroppo una tazza dell'ordine {order} è arrivata rotta. Vi serve una foto?

Saluti
{first}""",
    ),
    Text(
        "damaged",
        "pl",
        "Uszkodzony kubek",
        """\
Dzień dobry,

kubek z zamówienia {order} przyszedł uszkodzony, ma pęknięcie. Co mam zrobić?

Pozdrawiam
{name}""",
    ),
    Text(
        "wrong",
        "en",
        "Not what I ordered",
        """\
Hi,

I ordered {item} and got something else, a green cushion cover. It's a nice cushion cover, but not what I ordered ;) Order {order}.

{first}""",
    ),
    Text(
        "wrong",
        "en",
        "Something is missing",
        """\
Hello,

there was only one of the two in the parcel. The delivery note says both. One is missing, order #{order}.

Kind regards
{name}""",
    ),
    Text(
        "wrong",
        "en",
        "wrong colour",
        """\
You sent me the wrong colour: moss instead of rust. Order {order}. I'd rather have the rust one, please.

Thanks, {name}""",
    ),
    Text(
        "wrong",
        "de",
        "Falscher Artikel",
        """\
Guten Tag,

in meinem Paket (Bestellung {order}) war ein falscher Artikel. Bestellt hatte ich {item}.

Mit freundlichen Grüßen
{name}""",
    ),
    Text(
        "wrong",
        "nl",
        "Verkeerde kleur ontvangen",
        """\
Hallo,

Ik heb de verkeerde kleur ontvangen bij bestelling {order}. Ik had grijs besteld en kreeg bruin.

Groet,
{name}""",
    ),
    Text(
        "complaint",
        "en",
        "Very disappointed",
        """\
To whom it may concern,

this is the second time I write about order {order} and nobody answers. I paid for delivery within a week. It has been more than two. I am very disappointed, I had recommended you to all my friends.

I expect an answer today.

{name}""",
    ),
    Text(
        "complaint",
        "en",
        "Poor service",
        """\
Hello,

first the wrong item, then a week of silence, and now a replacement with a loose thread. Honestly, for this price that is unacceptable. What are you going to do about it?

Order {order}
{name}""",
    ),
    Text(
        "complaint",
        "de",
        "Beschwerde zu Bestellung {order}",
        """\
Guten Tag,

ich bin wirklich enttäuscht. Auf meine letzte Mail kam keine Antwort, und das Paket ist immer noch nicht da. So geht man nicht mit Stammkunden um.

{name}""",
    ),
    Text(
        "complaint",
        "fr",
        "Réclamation",
        """\
Madame, Monsieur,

je suis très déçue de votre service. La commande {order} est arrivée incomplète et personne ne répond. J'attends une solution rapide.

{name}""",
    ),
)
