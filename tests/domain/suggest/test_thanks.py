"""Thank-yous in many words and languages, and mails that thank and say more."""

import pytest

from deskterm.domain.suggest.thanks import is_thanks, sounds_thankful

THANKS = (
    "Hi Kim, the bowl came this morning and it is even nicer than in the pictures. Thanks so much! Ruth",
    "Just wanted to let you know everything turned up safely. You've been brilliant, thank you.",
    "That was quick! Much appreciated. My sister was over the moon with her present.",
    "Thanks for sorting this out for me so fast, I'll definitely be ordering from you again.",
    "Hallo, die Tassen sind heute heil bei uns eingetroffen. Herzlichen Dank für die Mühe! Viele Grüße, Ute",
    "Danke für die schnelle Rückmeldung, damit ist alles geklärt.",
    "Super, das ging ja flott. Tausend Dank und ein schönes Wochenende!",
    "Wir haben uns riesig über die Karte im Paket gefreut. Vielen Dank dafür, wir empfehlen euch weiter.",
    "Bonjour, le colis est arrivé hier, tout est en parfait état. Un grand merci pour votre réactivité. Claire",
    "Merci beaucoup, c'est exactement ce que je voulais. Bonne continuation !",
    "Merci pour votre réponse rapide et votre gentillesse, je recommanderai chez vous avec plaisir.",
    "C'est noté, merci à vous et bonne fin de journée.",
    "Hola, ya tengo la taza en casa y es preciosa. Mil gracias por todo, un saludo, Lucía",
    "Muchas gracias por la rapidez, da gusto comprar así.",
    "Todo perfecto, os lo agradezco muchísimo. A mi madre le ha encantado.",
    "Gracias por avisarme, quedo a la espera del paquete.",
    "Buongiorno, il pacco è arrivato stamattina ed è tutto a posto. Grazie mille! Paola",
    "Vi ringrazio di cuore per la disponibilità, siete stati gentilissimi.",
    "Grazie per la risposta veloce, ora è tutto chiaro.",
    "Che meraviglia! Grazie ancora, tornerò sicuramente a comprare da voi.",
    "Hoi, het pakje is goed aangekomen en de vaas staat prachtig. Heel erg bedankt! Groetjes, Anouk",
    "Dank voor de snelle reactie, ik weet genoeg.",
    "Wat een service! Dankjewel, ik bestel zeker nog eens bij jullie.",
    "Top geregeld, hartelijk dank en fijne avond.",
    "Hej! Paketet kom fram idag och allt var helt. Tusen tack för hjälpen! Mvh Lena",
    "Tack för snabbt svar, då vet jag.",
    "Så fin skålen är! Stort tack, jag kommer gärna tillbaka.",
    "Olá, a encomenda chegou hoje e está tudo impecável. Muito obrigada! Rita",
    "Agradeço imenso a vossa ajuda e a rapidez. Cumprimentos, João",
    "Obrigado pela resposta, fico mais descansado.",
    "Adorei o cartão escrito à mão. Obrigada pelo carinho, até à próxima!",
    "Dzień dobry, paczka dotarła cała i zdrowa. Bardzo dziękuję! Pozdrawiam, Ewa",
    "Dziękuję za szybką odpowiedź, wszystko jasne.",
    "Kubek jest cudowny, serdecznie dziękuję i na pewno jeszcze coś zamówię.",
    "Hej, pakken er kommet godt frem, og kopperne er så flotte. Mange tak! Mette",
    "Tak for det hurtige svar, så er jeg tryg.",
    "Sikke en god service, tusind tak skal I have. God weekend!",
    "本日、無事に届きました。とても素敵な器で大満足です。ありがとうございました。",
    "早速のご返信ありがとうございます。よくわかりました。",
    "丁寧に梱包していただき感謝しております。大切に使います。またお願いします。",
    "Thank you, that's sorted then.",
    "Cheers, you're a star!",
    "Lovely stuff, many thanks from the whole family.",
    "Besten Dank für die nette Karte und das sichere Verpacken!",
    "Hat alles geklappt, danke nochmals.",
    "Merci encore, à la prochaine !",
    "Vraiment ravis de notre achat, merci à toute l'équipe.",
    "Mil gracias, quedó genial en el salón.",
    "Grazie di tutto, arrivato in un lampo!",
    "Bedankt voor de goede zorgen, tot de volgende keer.",
    "Tack så jättemycket, den blev så fin på väggen!",
    "Muito obrigado, ficou lindo na sala.",
    "Serdeczne dzięki, mama zachwycona!",
    "Tusind tak, den er skøn.",
    "無事届きました。ありがとうございます！",
)  # fmt: skip
MORE = (
    "Thanks for the bowl. There is a hairline running down one side though.",
    "Thank you for getting back to me. I am still without the parcel.",
    "Thanks! My new address is 12 Mill Lane, Ripon.",
    "Thank you for the refund. Only half of it has come through so far.",
    "Danke für die Lieferung. Auf der Rechnung steht noch der alte Firmenname.",
    "Vielen Dank für die Antwort. Bisher ist nichts bei mir angekommen.",
    "Danke, ich nehme dann lieber die blaue.",
    "Merci pour l'envoi, il y a juste un éclat sur le bord de l'assiette.",
    "Merci de me rappeler au 06 12 34 56 78.",
    "Merci d'annuler ma commande.",
    "Gracias por el envío, la tapa ha llegado con una grieta.",
    "Gracias, prefiero que me devolváis el dinero.",
    "Grazie per il pacco, dentro c'era una tazza sola.",
    "Grazie, attendo ancora il rimborso.",
    "Bedankt voor het pakket, er zit een barst in het bord.",
    "Bedankt, graag ontvang ik nog de factuur.",
    "Tack för paketet, en av muggarna har en spricka.",
    "Obrigada pela encomenda, veio com um risco no prato.",
    "Dziękuję za paczkę, talerz ma pęknięcie.",
    "Tak for pakken, der er et hak i kanten.",
    "届きました、ありがとうございます。ひびが入っていました。",
    "Thanks in advance for sending the invoice.",
    "Danke für die Tasse, ich hätte gern noch eine zweite.",
    "Thank you, please close my account.",
    "Thanks for the plates, one of the four is a different shade.",
    "Thank you! The colour is a bit darker than on the page, can live with it I suppose.",
    "Many thanks for the quick delivery. The lid wobbles.",
    "Danke für das Paket! Der Deckel schließt nicht ganz.",
    "Vielen Dank. Das Buch ist leider nicht dabei gewesen.",
    "Danke, die Lieferadresse stimmt so.",
    "Merci pour le colis. Le couvercle ferme mal.",
    "Merci, je passerai le chercher vendredi.",
    "Gracias por el paquete. El color es distinto.",
    "Gracias, mañana os llamo.",
    "Grazie del pacco, il coperchio balla.",
    "Grazie, passo io a ritirarlo.",
    "Bedankt! Het deksel past niet.",
    "Dank je, ik bel morgen even.",
    "Tack, locket passar inte.",
    "Tack! Jag hämtar det på lördag.",
    "Obrigado. A tampa não fecha.",
    "Obrigada, levanto na loja.",
    "Dziękuję, pokrywka nie pasuje.",
    "Tak, låget passer ikke.",
    "ありがとうございます。色が違いました。",
    "Thanks, my colleague will pick it up.",
    "Thanks for the news, let us leave it at that and keep the money.",
    "Thanks, that works. Ship it to my office.",
    "Danke, passt. Schicken Sie es ins Büro.",
    "Thanks, but the handle is broken.", "Thank you. When will it ship?", "Thanks in advance, where is my order?",
    "Danke, aber die Tasse ist kaputt.", "Vielen Dank im Voraus", "Merci, mais il manque une tasse.",
    "Gracias, pero falta una taza.", "Thank you, please cancel it.", "The mug is here.", "", "Grazie, quando arriva?",
    "Thanks for nothing.", "Thanks, nothing has arrived yet", "Danke, dann nehme ich das Geld zurück",
    "Thanks a lot, now it came in two pieces.", "Danke, meine neue Adresse ist Weg 5, Bonn",
    "Merci, je choisis le bleu", "Thanks, Friday works for me, I will be home",
)  # fmt: skip


def test_nearly_every_thank_you_is_known_as_one():
    unknown = [text for text in THANKS if not is_thanks(text)]
    assert len(unknown) <= len(THANKS) // 5, unknown
    unheard = [text for text in THANKS if not sounds_thankful(text)]
    assert len(unheard) <= len(THANKS) // 15, unheard


@pytest.mark.parametrize("text", MORE)
def test_no_mail_that_says_more_is_taken_for_a_mere_thank_you(text):
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you so much, the new mug is here and it is lovely!", "Perfect, thanks!\n\nAnna", "Vielen Dank, alles gut angekommen.",
        "Danke schön!", "Merci beaucoup, il est magnifique.", "¡Muchas gracias! Me encanta.", "Grazie mille, bellissima.",
        "Bedankt, hij is prachtig.", "Tack så mycket!", "Dziękuję bardzo, jest piękny.", "ありがとうございます",
        "Super, lieben Dank!", "Спасибо, всё пришло!", "Order 1041 arrived, thanks!", "Thanks for the quick reply.",
        "Nur ein kurzes Dankeschön: Es ist wunderschön und war so liebevoll verpackt.", "Gracias, llegó con mucho cuidado.",
        "Thank you!! The new bowl arrived this morning, in one piece, and it is lovely.", "Merci, emballé avec soin, superbe !",
        "Hi Lena,\n\nthank you so much, the parcel arrived today and my wife loves it.\n\nAll the best\nAnna",
    ],
)  # fmt: skip
def test_a_mail_that_only_thanks_is_recognised(text):
    assert is_thanks(text)


@pytest.mark.parametrize(
    ("text", "thankful"),
    [
        ("Hello, the parcel turned up at the neighbours after all. Thanks for your help!", True),
        ("Thanks for the parcel. The handle of the mug wobbles.", True),
        ("Thank you, but the lid does not close.", False),
        ("Where is it? Thank you.", False),
        ("Thanks. Two are blue.", False),
    ],
)
def test_a_mail_that_thanks_and_may_say_more_sounds_thankful_and_is_no_mere_thank_you(text, thankful):
    assert (sounds_thankful(text), is_thanks(text)) == (thankful, False)
