"""What a reply says about attachments, as a table: only its own count as promised."""

import pytest

from deskterm.domain.review.attachment_promises import promises_attachment


@pytest.mark.parametrize(
    "text",
    [
        # English
        "I attach the list.", "I attach your refund receipt.", "I am attaching a photo.", "I’m attaching it",
        "I'm attaching your label now", "I have attached it", "I've attached your invoice", "We will attach the plan.",
        "I'll also attach a sketch", "Attached is the label.", "Attached: the label", "See the attached list",
        "The invoice is enclosed.", "Please find the form in the attachment", "I am sending you attached the list",
        "We are enclosing the form", "I\nattach it", "Here is your refund receipt, attached.",
        "The label is in this mail.", "Thank you for your patience, attached is the receipt.", "It took a while, sorry. Let me attach the list.",
        # German
        "Ich hänge die Liste an.", "Ich hänge Ihnen, wie gewünscht, die Liste an", "Gern hängen wir das Foto an und warten",
        "ich haenge die Liste an\nViele Grüße", "Ich hab die Liste angehängt", "Wir haben sie beigefügt.", "Ich kann sie anhängen.",
        "siehe im Anhang", "Im Anhang finden Sie das Etikett", "Anbei das Etikett", "Ich schicke die Liste als Anhang",
        "Wir fügen die Rechnung bei.", "Sie finden die Rechnung beigefügt.", "siehe die angehängte Liste",
        "Die Rechnung hängt an.", "Die Liste liegt dieser Mail bei.",
        # Danish, Czech
        "Vedhæftet er fakturaen", "Faktura je v příloze",
        # French
        "Je joins la liste.", "Je vous joins la facture", "je l’ai joint à ce mail", "J'ai joint votre facture", "Nous vous joignons le bon",
        "Veuillez trouver ci-joint", "en pièce jointe", "Merci de trouver ci-joint la facture",
        # Spanish, Portuguese
        "Adjunto la lista.", "lo adjunto", "Le adjuntamos su factura", "He adjuntado la factura", "Le envío su factura adjunta",
        "em anexo", "Anexo a fatura",
        # Italian
        "Allego la lista.", "Le alleghiamo la fattura", "in allegato trova", "Ho allegato la ricevuta",
        # Dutch
        "Ik voeg de lijst bij.", "Ik voeg de factuur toe", "Hierbij voeg ik de foto toe aan deze mail",
        "zie in de bijlage", "U vindt bijgevoegd de factuur",
        # elsewhere
        "ラベルを添付します", "W załączniku etykieta", "Jag bifogar listan",
    ],
)  # fmt: skip
def test_an_attachment_is_promised_in_many_languages(text):
    assert promises_attachment(text)


@pytest.mark.parametrize(
    "text",
    [
        # English
        "the photo you attached", "You have already attached it", "the picture you've kindly attached",
        "Please attach a photo", "Could you attach a photo?", "thank you for the attached photo", "Thanks so much for the two attached photos",
        "Thank you for your attachment", "your attachment", "I cannot open your attachment", "your attached photo shows it",
        "In the attachment you sent I see it", "the photo attached to your mail", "No photo was attached", "There was nothing attached.",
        "It wasn't attached", "I cannot attach it", "Your mail came without any photo attached", "This is how you attach a file",
        # German
        "Danke für die Bilder", "ohne Anhang", "Ihre Mail kam ohne Anhang", "Danke für das Foto im Anhang", "das Foto, das du angehängt hast",
        "Sie haben kein Foto angehängt", "Es war nichts angehängt", "Im Anhang Ihrer Mail sehe ich den Riss",
        "Hängen Sie bitte ein Foto an", "Können Sie ein Foto anhängen?", "Ich hänge an diesem Stück", "Ich würde mich freuen, wenn Sie es anhängen",
        "Wir fügen uns bei Bedarf", "The handle is attached with glue", "Your photo attached to the mail did not open",
        # French
        "la photo que vous avez jointe", "Merci pour la photo en pièce jointe", "Il n'y avait pas de photo en pièce jointe",
        "Pourriez-vous joindre une photo ?", "sans pièce jointe", "Je rejoins votre avis", "J'ai joint le transporteur",
        # Spanish
        "Gracias por la foto adjunta", "la foto que ha adjuntado", "su archivo adjunto", "sin ningún adjunto", "¿Puede adjuntar una foto?",
        # Italian
        "Grazie per la foto allegata", "la foto che ha allegato", "il suo allegato", "senza allegati", "Può allegare una foto?",
        # Dutch
        "de foto die u heeft bijgevoegd", "die je bijgevoegd hebt", "zonder bijlage", "Voeg een foto bij", "in de bijlage van uw mail",
        "Ik voeg een lapje toe aan uw bestelling",
        # quoted
        "> I attach the list.\n\nThat list did not come.", "Hello,\n >> siehe im Anhang\nwhich one?",
    ],
)  # fmt: skip
def test_what_they_attached_and_what_nobody_did_promises_none(text):
    assert not promises_attachment(text)
