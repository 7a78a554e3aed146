"""What a mail sounds like, in ten languages. A third was kept aside while the words were written (HELD)."""

import pytest

from deskterm.domain.people.mood import mood_of
from deskterm.domain.tickets import Mood

SEEN = {
    Mood.ANGRY: [
        "This is unacceptable. I have written three times.",
        "I am furious, this is the worst service I have ever had.",
        "WHERE IS MY ORDER??? NOBODY ANSWERS ME!!!",
        "Das ist eine Frechheit, ich warte seit drei Wochen.",
        "C'est inadmissible, je veux être remboursée.",
        "Esto es una vergüenza, no pienso comprar aquí nunca más.",
        "È inaccettabile, mi sento preso in giro.",
        "Ik ben woedend, dit is echt belachelijk.",
        "Isto é inaceitável, estou muito desiludida.",
        "To skandal, nigdy więcej nic tu nie kupię.",
        "Det här är oacceptabelt, jag handlar aldrig mer hos er.",
        "Jeg er rasende, det er helt uacceptabelt.",
    ],
    Mood.WORRIED: [
        "I am a bit worried, the tracking has not moved for a week.",
        "I'm not happy with how it was packed.",
        "This is concerning, the parcel has not moved and it is a gift.",
        "Ik ben bang dat het pakket niet op tijd is.",
        "Very worried about my parcel, where is it?",
        "Ich mache mir langsam Sorgen um mein Paket.",
        "Je suis inquiète, le colis n'est pas arrivé.",
        "Estoy preocupada por el paquete.",
        "Sono un po' preoccupato, il pacco è fermo.",
        "Ik maak me zorgen over mijn pakket.",
        "Estou preocupada com a encomenda.",
        "Martwię się o moją paczkę.",
        "Jag är lite orolig för paketet.",
        "Jeg er lidt bekymret for pakken.",
    ],
    Mood.PLEASED: [
        "I love it, thank you so much!",
        "The bowl arrived and it is beautiful. Great service.",
        "Ich bin total begeistert, die Tasse ist wunderschön.",
        "Je suis ravie, le vase est magnifique.",
        "Estoy encantada, es precioso.",
        "Sono molto contenta, la tazza è bellissima.",
        "Heel blij met de kom, prachtig gemaakt.",
        "Adorei a caneca, estou muito feliz.",
        "Jestem zachwycona, kubek jest przepiękny.",
        "Jag är jättenöjd, koppen är underbar.",
        "Jeg er så glad for koppen, den er smuk.",
    ],
    Mood.NONE: [
        "Where is my order #1042?",
        "Hello, I would like to change my delivery address. Thanks in advance.",
        "No worries, take your time.",
        "I'm not angry, I only want to know.",
        "Keine Sorge, es eilt nicht.",
        "Können Sie mir bitte eine Rechnung schicken?",
        "Bonjour, est-ce que ce bol va au lave-vaisselle ?",
        "¿Cuándo llega mi pedido?",
        "Quando arriva il mio ordine?",
        "Is de blauwe kom weer op voorraad?",
        "Gdzie jest moje zamówienie?",
        "När kommer mitt paket?",
        "Order 1042 please cancel",
        "Hello, what do you do against fraud? I would like to pay by card.",
        "Guten Tag, wie schützen Sie mich im Shop vor Betrug?",
        "Ich habe eine Frage zum Thema Betrug bei Vorkasse, danke.",
        "I have a question concerning my order 1042.",
        "Bitte sorgen Sie dafür, dass die Tasse gut verpackt ist.",
        "Please send the stress ball and the big bang mug to my work.",
        "What a shame that the blue bowl is sold out! Will it be back?",
        "I would like the angry cat mug in blue.",
        "Is the loud bang when the box opens normal?",
    ],
}
HELD = {
    Mood.ANGRY: [
        "I'm fed up with waiting. Give me my money back.",
        "So etwas Unverschämtes habe ich noch nie erlebt, ich bin stinksauer.",
        "Je suis très déçue et en colère, c'est une arnaque.",
        "Estoy harta de esperar, esto es una estafa.",
        "Sono furioso, pessimo servizio.",
        "Schandalig hoe jullie met klanten omgaan.",
        "Jestem oburzona tym, jak mnie potraktowano.",
        "Das ist Betrug, ich will mein Geld zurück.",
        "You are thieves and liars.",
        "Betrug!",
    ],
    Mood.WORRIED: [
        "I'm getting nervous because the wedding is on Saturday.",
        "Ich befürchte, dass das Paket verloren ging.",
        "J'ai peur que le cadeau n'arrive pas à temps.",
        "No estoy contenta con el color.",
        "Ho paura che sia andato perso.",
        "Jeg er nervøs for, om den når frem.",
    ],
    Mood.PLEASED: [
        "Just wanted to say the mugs are absolutely gorgeous.",
        "Vielen Dank, wir sind sehr zufrieden mit der Schale!",
        "Merci infiniment, le plat est superbe.",
        "Grazie mille, è stupendo.",
        "Tusind tak, jeg elsker den.",
        "Amei! Excelente qualidade.",
    ],
    Mood.NONE: [
        "Please send the parcel to my work instead.",
        "Wann ist die grüne Vase wieder da?",
        "Do you ship to Norway?",
        "Mijn ordernummer is 1042.",
        "Puedo cambiar la talla?",
        "It does not bother me, but the lid is missing.",
        "Ich habe mir die kleine Schale schon besorgt und hätte gern die große.",
        "Concerning the invoice: could you add my VAT number?",
        "Bonjour, avez-vous une protection contre les arnaques ?",
        "Can you make a card for the nervous bride in the picture?",
        "Kunt u zorgen voor een cadeauverpakking? Het is voor mijn moeder.",
        "Is it true that the lemon glaze is not sauer, as the label says?",
    ],
}
MAILS = [(words, mood) for mails in (SEEN, HELD) for mood, many in mails.items() for words in many]


@pytest.mark.parametrize(("words", "mood"), MAILS)
def test_a_mail_sounds_as_a_reader_would_say(words, mood):
    assert mood_of(words) is mood
