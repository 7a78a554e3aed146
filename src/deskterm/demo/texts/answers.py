"""What the store writes back, by topic and language, in the voice of its macros; and how things go on.

ANSWERS are first replies, FOLLOW_UPS what the customer writes next and the store's
word on it, CLOSINGS a customer's thanks and the store's last line.
"""

ANSWERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("status", "en"): (
        "you asked where your order #{order} stands. It is packed and leaves us within two working days; you"
        " get a mail with the tracking number the moment it does.",
        "your order #{order} is on its way: it left on {shipped} with {carrier}, number {tracking}. Parcels"
        " usually take two to four working days from there.",
    ),
    ("status", "de"): (
        "Sie fragen nach Ihrer Bestellung {order}. Sie ist gepackt und geht innerhalb von zwei Werktagen auf"
        " die Reise; die Sendungsnummer bekommen Sie dann sofort per Mail.",
    ),
    ("status", "fr"): (
        "vous demandez où en est votre commande {order}. Elle est prête et part d'ici deux jours ouvrés ; vous"
        " recevrez le numéro de suivi par mail dès son départ.",
    ),
    ("late", "en"): (
        "you are waiting for order #{order}, and it should have been with you by now. I am sorry.\n\nI have"
        " opened a trace with {carrier} today for parcel {tracking}. They need up to three working days. You"
        " will hear from me by {by}, with the parcel found or without.",
        "that is too long, you are right. Order #{order} left us on {shipped}, and {carrier} has not scanned it"
        " since. I have asked them to look for it and will write to you by {by}. If it is lost, I will send"
        " everything again.",
    ),
    ("late", "de"): (
        "Sie warten auf Ihre Bestellung {order}, und sie müsste längst da sein. Das tut mir leid.\n\nIch habe"
        " heute bei {carrier} einen Nachforschungsauftrag gestellt ({tracking}). Bis {by} hören Sie von mir, ob"
        " mit oder ohne Paket.",
    ),
    ("lost", "en"): (
        "your order #{order} never reached you, and {carrier} cannot find the parcel. I am sorry.\n\nI have"
        " packed everything again, {item}, and it goes out on the next working day at no cost. You get the new"
        " tracking number by mail.",
    ),
    ("lost", "de"): (
        "das Paket zu Bestellung {order} ist verschollen, und Sie haben lange genug gewartet. Ich packe alles"
        " noch einmal und schicke es am nächsten Werktag los. Es kostet Sie nichts.",
    ),
    ("address", "en"): (
        "thank you for writing in time. Order #{order} has not left yet, so I could change where it goes. Please"
        " look at the new confirmation once more and tell me today if a line is wrong.",
        "you asked me to change the address of order #{order}. It is done; it leaves within two working days,"
        " and you get the tracking number then.",
    ),
    ("address", "de"): (
        "danke, dass Sie rechtzeitig schreiben. Die Bestellung {order} ist noch hier, und die neue Adresse steht"
        " jetzt darauf. Sie geht innerhalb von zwei Werktagen hinaus.",
    ),
    ("cancel", "en"): (
        "you asked me to cancel order #{order}. It is done: nothing will be sent, and the money is on its way"
        " back to you. Cards take three to five working days until it shows.",
    ),
    ("cancel", "de"): (
        "die Bestellung {order} ist storniert, es wird nichts verschickt. Den Betrag habe ich heute erstattet;"
        " bis er zu sehen ist, dauert es drei bis fünf Werktage.",
    ),
    ("return", "en"): (
        "you would like to return something from order #{order}. Of course: the label is in this mail, the"
        " return is free, and as soon as the parcel is here I refund you within two working days.",
        "gladly. Pack it so that it travels well, put the label from this mail on it and leave it at any shop of"
        " {carrier}. I write to you when it has arrived.",
    ),
    ("return", "de"): (
        "gern nehmen wir etwas aus Bestellung {order} zurück. Das Etikett liegt bei, die Rücksendung ist"
        " kostenlos. Sobald das Paket hier ist, erstatte ich innerhalb von zwei Werktagen.",
    ),
    ("exchange", "en"): (
        "what came with order #{order} does not fit, and you would like to exchange it. I have set the other"
        " size aside for you. Send the first one back with the label in this mail; the moment the carrier scans"
        " it, yours goes out.",
    ),
    ("exchange", "de"): (
        "natürlich tauschen wir um. Die andere Größe liegt hier schon bereit; schicken Sie die erste einfach mit"
        " dem beiliegenden Etikett zurück. Sobald sie gescannt ist, geht Ihre auf die Reise.",
    ),
    ("refund", "en"): (
        "you are asking where the refund for order #{order} is. I made it last week, the way you paid. From"
        " there it is in the hands of the banks; cards take three to five working days and sometimes a few more."
        " If it is not there by {by}, I will send you the payment's reference.",
    ),
    ("refund", "de"): (
        "die Erstattung zu Bestellung {order} habe ich letzte Woche angewiesen. Die Banken brauchen drei bis fünf"
        " Werktage. Sollte bis {by} nichts da sein, schicke ich Ihnen die Referenz der Zahlung.",
    ),
    ("damaged", "en"): (
        "something in your order #{order} arrived damaged. I am sorry: that is not how it left here.\n\nCould you"
        " answer with one or two photos, of the damage and of the box? Nothing has to come back. As soon as I"
        " have them I send you a new one.",
        "thank you for telling me. A new one goes out to you on the next working day, packed with more care. You"
        " pay nothing and need not send anything back.",
    ),
    ("damaged", "de"): (
        "das tut mir leid, so ist Bestellung {order} hier nicht losgegangen. Der Ersatz geht am nächsten Werktag"
        " hinaus, besser gepackt. Zurückschicken müssen Sie nichts.",
    ),
    ("wrong", "en"): (
        "what came with order #{order} is not what you ordered. You should have received {item}. That was my"
        " mistake in packing. The right one goes out on the next working day, and for the other one there is a"
        " free label in this mail.",
    ),
    ("wrong", "de"): (
        "da habe ich beim Packen danebengegriffen, entschuldigen Sie bitte. {item} geht am nächsten Werktag zu"
        " Ihnen; für das andere liegt ein Etikett bei.",
    ),
    ("complaint", "en"): (
        "you are disappointed with us, and from what you write I can see why. I am sorry. I run this shop by"
        " myself, so it is me who got it wrong. I am going through everything now, and you get a proper answer"
        " from me by {by}.",
    ),
    ("complaint", "de"): (
        "Sie sind enttäuscht, und ich verstehe, warum. Es tut mir leid. Ich gehe jetzt alles durch und schreibe"
        " Ihnen bis {by}, was schiefgegangen ist und was ich tue.",
    ),
    ("stock", "en"): (
        "you asked whether we will have it again. We will: the next batch is being woven now and takes four to"
        " six weeks. I have put you on the list, so you get one short mail the day before it shows in the shop.",
    ),
    ("stock", "de"): (
        "ja, es kommt wieder: Die nächste Partie wird gerade gewebt und braucht vier bis sechs Wochen. Sie stehen"
        " auf der Liste und bekommen einen Tag vorher eine kurze Mail.",
    ),
    ("discount", "en"): (
        "your discount code did not work, and a code that does not work is worse than none. I have set it up for"
        " your address: enter it at the till, and the amount comes off by itself. It holds for 14 days.",
    ),
    ("discount", "de"): (
        "ein Code, der nicht geht, ist schlimmer als keiner. Ich habe den Rabatt für Ihre Adresse hinterlegt: An"
        " der Kasse wird er von selbst abgezogen, 14 Tage lang.",
    ),
    ("gift", "en"): (
        "you asked about gift wrapping. Yes, gladly: in undyed paper with a wool thread, and I write the card by"
        " hand. It costs nothing. Put “gift” and the words for the card into the note of the order.",
    ),
    ("gift", "de"): (
        "gern packen wir es als Geschenk ein, in ungefärbtes Papier mit einem Wollfaden. Es kostet nichts, und die"
        " Rechnung kommt per Mail zu Ihnen.",
    ),
    ("care", "en"): (
        "with wool, less is more: air it overnight, and if it must be washed, then by hand or on the wool"
        " programme at 30 degrees, no softener, no tumble dryer. Dry it lying flat. The small knots get fewer"
        " after the first weeks.",
    ),
    ("care", "de"): (
        "bei Wolle gilt: lieber lüften als waschen. Wenn es sein muss, von Hand oder im Wollprogramm bei 30 Grad,"
        " und liegend trocknen. Das Fusseln lässt nach den ersten Wochen nach.",
    ),
    ("product", "en"): (
        "that is a good question. I have looked at the piece itself: the large throw is 140 by 200 cm and weighs"
        " 1.3 kg. The wool comes from two farms in the Rhön and is free of mulesing.",
        "I have asked the people who make it, and the answer is yes. If anything else comes up before you order,"
        " just write.",
    ),
    ("product", "de"): (
        "gute Frage, ich habe extra nachgesehen: Die Sohle ist aus Filz mit einer dünnen Lage Leder, und sie"
        " fallen eine halbe Nummer kleiner aus.",
    ),
    ("thanks", "en"): (
        "thank you for writing. Most people only write when something is wrong, so a mail like yours makes the"
        " day in the workshop. Greetings to the cat, if there is one.",
    ),
    ("thanks", "de"): ("danke für die lieben Worte, so eine Mail trägt uns durch die Woche.",),
    ("phishing", "en"): (
        "no, that mail is not from us, and it is good that you asked. We never ask for a card number by mail. If"
        " you entered yours, please ring your bank today. Could you forward the mail to me?",
    ),
    ("checkout", "en"): (
        "it was not you: our shop had a fault this morning. No order of yours was lost and nothing was charged."
        " Please try again now, and if it still does not work, tell me what you wanted.",
    ),
}

FOLLOW_UPS: dict[str, tuple[tuple[str, str], ...]] = {
    "status": (
        (
            "Thanks for the quick answer. Could you leave it with the neighbour at number 6 if I'm out?",
            "I have put the neighbour at number 6 on the label as the place to leave it. The driver decides in the"
            " end, but mostly they follow it.",
        ),
    ),
    "late": (
        (
            "It is still not here. Any news from the carrier?",
            "{carrier} has found it: it had gone to the wrong depot and is on its way again. It should be with you"
            " within two working days.",
        ),
        (
            "It's my turn to apologise, the parcel came this morning!",
            "That is good news, thank you for telling me. I have closed the trace.",
        ),
    ),
    "lost": (
        (
            "Thank you, sending it again is fine. The address is still right.",
            "Then it goes out tomorrow, and you get the tracking number as soon as it does.",
        ),
    ),
    "return": (
        (
            "The printer is broken here. Can I get the label as a code for the counter?",
            "Of course: show the code in this mail at the counter, and they print the label for you.",
        ),
        (
            "I dropped it off today, here is the number of the receipt: 8841-02.",
            "Thank you, noted. I refund you as soon as the parcel is here.",
        ),
    ),
    "exchange": (
        (
            "Great. Which size do you recommend with wide feet?",
            "With wide feet go one size up; the felt gives a little after a week. I have set that one aside instead.",
        ),
    ),
    "refund": (
        ("It has just arrived on my account. Sorry for the fuss.", "No fuss at all. Have a good week!"),
    ),
    "damaged": (
        (
            "Here are the pictures. The box was crushed on one side.",
            "Thank you for the photos. A new one goes out to you on the next working day, and you need not send"
            " anything back.",
        ),
        (
            "I'd rather have my money back, the birthday is over now.",
            "I understand. I have refunded it today, the way you paid; it shows within three to five working days.",
        ),
    ),
    "wrong": (
        (
            "Could I keep the cushion cover and pay for it? It grew on me.",
            "Gladly: keep it for half the price. I have sent you a payment link from the shop, take your time.",
        ),
    ),
    "complaint": (
        (
            "Thank you for taking it seriously. A replacement would be fine.",
            "It is packed and leaves today, with something small on top. Thank you for giving us another chance.",
        ),
    ),
    "product": (
        (
            "Perfect, and is there a smaller one as well?",
            "Yes, the small throw is 100 by 150 cm, in all colours.",
        ),
    ),
    "stock": (
        (
            "Would moss be there any earlier?",
            "Moss comes with the same batch, I am afraid. I have noted both for you.",
        ),
    ),
}

CLOSINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Perfect, thank you so much!", "You are welcome. Enjoy it!"),
        ("Thanks, that was quick.", "Glad to help. Have a good day!"),
        ("Wonderful, thanks for the kind service.", "Thank you for the kind words."),
    ),
    "de": (
        ("Vielen Dank, das ging ja schnell!", "Sehr gern. Einen schönen Tag noch!"),
        ("Super, danke Ihnen.", "Gern geschehen."),
    ),
    "fr": (("Merci beaucoup, c'est parfait.", "Avec plaisir, bonne journée !"),),
    "nl": (("Dank je wel, top geregeld.", "Graag gedaan!"),),
    "ja": (
        (
            "ありがとうございます。助かりました。",
            "ありがとうございました。またのご注文をお待ちしております。",
        ),
    ),
}

GREETINGS = {"en": "Hello {first},", "de": "Hallo {first},", "fr": "Bonjour {first},"}
