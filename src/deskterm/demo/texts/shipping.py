"""Where is my order: asked in time, asked late, and asked in vain."""

from deskterm.demo.texts import Text

TEXTS = (
    Text(
        "status",
        "en",
        "Order {order}",
        """\
Hi there,

just wondering when my order #{order} will be on its way? No rush at all, I only want to plan.

Thanks
{first}""",
    ),
    Text(
        "status",
        "en",
        "When will it ship?",
        """\
Hello,

I placed order {order} the other day ({item}). The confirmation came straight away but I haven't heard anything since. When will it ship, roughly?

Best wishes,
{name}""",
    ),
    Text(
        "status",
        "en",
        "tracking?",
        """\
Hey! Do you have a tracking number for order #{order}? I can't find one in my mails, also not in the spam folder.

{first}""",
    ),
    Text(
        "status",
        "en",
        "Delivery estimate",
        """\
Good morning,

could you tell me the estimated delivery for order #{order}? I am away from home a lot and would like the parcel not to stand in the stairwell for days.

Kind regards
{name}""",
    ),
    Text(
        "status",
        "en",
        "status of my order",
        """\
Hi, what is the status of my order #{order}? The account page still says "processing".

{first}""",
    ),
    Text(
        "status",
        "de",
        "Bestellung {order}",
        """\
Guten Tag,

können Sie mir sagen, wann meine Bestellung {order} verschickt wird? Ich habe noch keine Sendungsnummer bekommen.

Viele Grüße
{name}""",
    ),
    Text(
        "status",
        "de",
        "Lieferzeit?",
        """\
Hallo liebes Team,

ich habe vorgestern {item} bestellt (Bestellung #{order}) und freue mich schon sehr. Wann kommt das Paket ungefähr?

Liebe Grüße
{first}""",
    ),
    Text(
        "status",
        "fr",
        "Où en est ma commande ?",
        """\
Bonjour,

j'ai passé la commande #{order} il y a deux jours. Pouvez-vous me dire où en est ma commande et quand je vais la recevoir ?

Merci d'avance,
{name}""",
    ),
    Text(
        "status",
        "nl",
        "Status van mijn bestelling",
        """\
Goedemiddag,

Wat is de status van mijn bestelling #{order}? Ik zou graag weten wanneer hij wordt verzonden.

Met vriendelijke groet,
{name}""",
    ),
    Text(
        "status",
        "es",
        "Pedido {order}",
        """\
Hola:

¿Me pueden decir cuál es el estado de mi pedido {order}? Todavía no tengo el número de seguimiento.

Un saludo,
{name}""",
    ),
    Text(
        "status",
        "it",
        "Ordine {order}",
        """\
Buongiorno,

vorrei sapere lo stato del mio ordine #{order}. È già stato spedito?

Grazie e buona giornata
{name}""",
    ),
    Text(
        "status",
        "ja",
        "注文番号{order}について",
        """\
はじめまして。

先日注文しました（注文番号 #{order}）。いつ届きますか。発送の予定を教えていただけると助かります。

よろしくお願いいたします。
{name}""",
    ),
    Text(
        "late",
        "en",
        "Where is my order??",
        """\
Hi,

order #{order} left you more than a week ago and still has not arrived. The tracking page has shown the same line for days. Could you find out what is going on?

Thanks,
{first}""",
    ),
    Text(
        "late",
        "en",
        "Parcel stuck",
        """\
Hello,

my parcel seems to be stuck. {carrier} {tracking}, no scan since it left your town. I ordered {item} as a present and am getting a little nervous.

{name}""",
    ),
    Text(
        "late",
        "en",
        "still waiting",
        """\
Still waiting for #{order}. It should have arrived last week. Is it lost?

{first}""",
    ),
    Text(
        "late",
        "en",
        "Order {order} not arrived",
        """\
Dear Oak & Wool,

I don't like to nag, but my order has not arrived, and it is now almost two weeks. I was at home every day. My neighbours have nothing either.

With kind regards,
{name}""",
    ),
    Text(
        "late",
        "en",
        "Any news about my parcel",
        """\
Hello again, the tracking hasn't moved in five days. Can you ask {carrier}? They won't talk to me because I am not the sender.

Order is {order}.

Cheers, {first}""",
    ),
    Text(
        "late",
        "de",
        "Paket nicht angekommen",
        """\
Hallo,

meine Bestellung #{order} ist noch immer nicht angekommen. Laut Sendungsverfolgung steht das Paket seit Tagen still. Können Sie bitte nachfragen?

Mit freundlichen Grüßen
{name}""",
    ),
    Text(
        "late",
        "de",
        "Wo bleibt meine Bestellung",
        """\
Guten Abend,

wo bleibt meine Bestellung {order}? Ich warte jetzt seit fast zwei Wochen, und am Wochenende wollte ich die Sachen verschenken.

{first}""",
    ),
    Text(
        "late",
        "fr",
        "Colis en retard",
        """\
Bonjour,

ma commande {order} n'est toujours pas arrivée. Le suivi ne bouge plus depuis une semaine. Pourriez-vous vous renseigner auprès du transporteur ?

Cordialement,
{name}""",
    ),
    Text(
        "late",
        "es",
        "No ha llegado mi pedido",
        """\
Buenas tardes:

Mi pedido {order} no ha llegado y el seguimiento lleva varios días sin cambios. ¿Saben dónde está?

Gracias,
{first}""",
    ),
    Text(
        "late",
        "it",
        "Pacco in ritardo",
        """\
Salve,

il mio pacco (ordine {order}) è in ritardo, non è ancora arrivato e il corriere non risponde. Potete controllare?

Cordiali saluti
{name}""",
    ),
    Text(
        "late",
        "nl",
        "Pakket nog niet ontvangen",
        """\
Hallo,

Ik heb mijn bestelling {order} nog niet ontvangen. Volgens de track & trace staat het pakket al een week stil. Kunnen jullie het nakijken?

Groetjes,
{first}""",
    ),
    Text(
        "late",
        "sv",
        "Paketet har inte kommit",
        """\
Hej!

Min beställning {order} har inte kommit fram. Spårningen har stått stilla i en vecka. Kan ni kolla?

Hälsningar
{name}""",
    ),
    Text(
        "late",
        "ja",
        "荷物がまだ届きません",
        """\
お世話になっております。

注文番号 {order} の荷物がまだ届いていません。追跡番号でも一週間動きがないようです。ご確認をお願いいたします。

{name}""",
    ),
    Text(
        "lost",
        "en",
        "Says delivered, but it is not here",
        """\
Hi,

the tracking says delivered on Tuesday, but there was nothing at the door and nothing with the neighbours. Order #{order}. What do we do now?

{name}""",
    ),
    Text(
        "lost",
        "en",
        "I think my parcel is lost",
        """\
Hello,

it is three weeks now. I believe the parcel with order {order} is lost; {carrier} told me on the phone that only the sender can report it. Could you send it again?

{first}""",
    ),
    Text(
        "lost",
        "de",
        "Paket verloren?",
        """\
Guten Tag,

das Paket zu Bestellung {order} gilt als zugestellt, ist aber nie angekommen. Im Briefkasten lag auch keine Karte. Ich fürchte, es ist verloren.

Freundliche Grüße
{name}""",
    ),
    Text(
        "lost",
        "fr",
        "Colis perdu",
        """\
Bonjour,

le transporteur indique que mon colis ({order}) a été livré, mais je n'ai rien reçu et mes voisins non plus. Je pense qu'il est perdu. Que faire ?

{name}""",
    ),
)
