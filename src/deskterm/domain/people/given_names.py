"""Common given names, without accents: what tells a given name from a last name and a person from a company.

A name that is missing here is none the worse: then the mail address decides, or nobody is greeted.
"""

import unicodedata
from functools import cache

_NAMES = """
aaron abby abigail adam adele adrian agata agnes agnieszka aida aiden aiko aisha akira alain alan alba
albert alberto aldo alejandra alejandro aleksandra alessandra alessandro alessia alessio alex alexander
alexandra alexandre alexis alfonso alfred alice alicia alina alison allison alma alvaro amalie amanda
amandine amaya amber amelia amelie amir amy ana anais anastasia anders andre andrea andreas andreia andres
andrew andrzej angela angelica angelika angelo anika anita anja anke anna annabel anne anneke annelies
annette annie anouk antje anton antonella antonia antonio anya arek ariane arjan arne arnold arthur artur
astrid audrey august aurelie aurora ava axel ayse barbara bart bartek bas bastian bea beata beatrice beatriz
ben benedetta benedikt benjamin benoit bernadette bernard bernd bernhard bert beth bettina bianca birgit
birgitte birte bjarne bjorn blanca bo bob boris brandon brenda brian bridget brigitte britta bruno burkhard
camila camilla camille candice carina carl carla carlo carlos carlotta carmen carol carola carolin carolina
caroline carsten caspar casper catarina catherine cathy cecile cecilia celia celine cesar chantal charles
charlie charlotte chiara chloe chris christa christel christelle christian christiane christina christine
christoph christophe christopher cindy claire clara claudia claudio claus clemens clement coralie corentin
corinna corinne cornelia craig cristian cristiana cristina cynthia czeslaw dagmar daisuke dale damian damien
dan dana daniel daniela daniele danielle danny daria dario dariusz dave david davide dawn debbie deborah
delphine denis denise dennis derek detlef diana diane diego dieter dietmar dirk dolores dominic dominik
dominika dominique don donald donna dora doreen doris dorota dorothea dorothee dorthe douglas duarte dylan
ebba eckhard eddy edith eduardo edward edyta eileen ekaterina elaine eleanor elena eleni eleonora elia elias
elif elin eline elio elisa elisabeth elise eliza elizabeth elke ella ellen elliot elodie elsa emanuele emil
emilia emiliano emilie emily emma emmanuel emmanuelle enrico enrique enzo eric erica erich erik erika erin
ernst esra esteban estelle ester esther ethan eugenia eva evan evelyn evelyne ewa ewan ezio fabian fabien
fabienne fabio fabrice fabrizio fatima fatma federica federico felicia felix fernanda fernando filip filipa
filipe filippo finn fiona flavia flavio flora florence florent florian floriane francesca francesco francis
francisca francisco franck frank franz franziska fred frederic frederik frederique frida friedrich fritz
gabi gabriel gabriela gabriele gabriella gael gaetan gail gareth gary gaspard gavin genevieve geoffrey georg
george gerald gerard gerd gerhard germain gert gesa giacomo gianluca gianni giorgia giorgio giovanna
giovanni gisela giulia giuliana giulio giuseppe gloria gonzalo goran gordon grace graham graziella greg
gregor gregory greta grzegorz guido guillaume gunnar gunter gustav guy hana hanako hanna hannah hanne hannes
hans harald harriet harry haruka haruto hasan hassan heather hector hedwig heidi heike heiko hein heinrich
heinz helen helena helene helga hella helle helmut hendrik hening henk henning henri henriette henrik
henrique henry herbert hermann hilary hilde hiroshi holger holly horst howard hubert hugh hugo hugues ian
ibrahim ida ignacio igor ilaria ilona ilse imke ina ines inga inge ingeborg ingo ingrid irena irene irina
iris irma isa isaac isabel isabela isabell isabella isabelle isak ismael ivan ivana ivo iwona izabela jaap
jack jackie jacob jacqueline jacques jaime jakob jakub james jamie jan jana jane janet janina janine janne
jannik jaqueline jarek jaroslaw jasmin jasmine jason javier jay jean jeanette jeanne jeff jeffrey jelena
jenna jennifer jenny jens jeremy jerome jerzy jesper jess jessica jesus jill jim jimena jo joachim joan
joana joanna joanne joao joaquin jochen jodie joe joel joelle joerg johan johanna johanne johannes john
jonas jonathan jordi jorg jorge joris jorn jose josef josefina joseph josephine josh joshua josie joyce juan
juana judith jule jules julia julian juliana juliane julie julien juliette julio julita junko jurgen justin
justine justyna kacper kai kaja kaori karel karen karim karin karina karl karla karol karolina karoline
karsten kasia kaspar kasper katarina katarzyna kate katharina katherine kathleen kathrin kathy katie katja
katrin katrine kay kazimierz keiko keith kelly ken kenji kenneth kerstin kevin kim kinga kirsten kirsty
kjell klara klaus knut konrad konstantin kristian kristin kristina kristine kristof krystyna krzysztof kurt
kyle laetitia lara larissa larry lars laszlo latifa laura laure laurel lauren laurence laurent laurie lea
leander leanne lee leena leila lena leo leon leonard leonardo leonie leonor leopold lesley leslie leszek lia
liam lidia lieke liesbeth lilian liliana lillian lilly lily lina linda lino linus lionel lisa lisbeth lise
liv livia liz loic lola lorena lorenzo loris lotta lotte lou louis louisa louise luc luca lucas lucia
luciana luciano lucie lucien lucy ludovic ludwig luigi luis luisa luise luiza luka lukas lukasz luna lutz
lydia lydie lynn maarten maartje madeleine mads mael maelle magali magda magdalena magnus mai maike maja
malcolm malgorzata malin malte mandy manfred manon mans manuel manuela mara marc marcel marcela marcelo
marcin marco marcos marcus marek maren margaret margarida margarita margaux margherita margit margot margret
marguerite maria mariam marian mariana marianne marie marieke marielle marija marika marina mario marion
marisa marit marius mariusz mark marko markus marleen marlene marlies marta marte martha martin martina
martine martyna mary maryse masako massimo mateo mateusz mathias mathieu mathilde mathis matilda matilde
matt matteo matthew matthias matthieu maud maureen maurice mauricio maurizio max maxime maximilian maya
mayumi meg megan mehmet meike melanie melina melissa mercedes merle mette mia micha michael michaela michal
michel michela michele micheline michelle midori miguel mika mikael mike mikkel mila milan milena mina mira
miranda mireille miriam mirja mirjam misaki mohamed mohammed moira molly mona monica monika monique morgane
moritz morten muhammad murielle mustafa myriam nadia nadine nadja nancy naoko naomi natalia natalie natascha
natasha nathalie nathan neil nele nelly nelson nia niall nick nico nicola nicolas nicole nicoletta niels
nigel nikita niklas niko nikola nikolaj nikolaus nils nina noa noah noel noelia noemi noemie nora norbert
noriko norma nuno nuria octavia odile ola olaf ole olga oliver olivia olivier olof omar ophelie orla oscar
oskar osman otto ove owen pablo paige palle pamela paola paolo pascal pascale patrice patricia patricio
patrick patrizia patryk paul paula paulina pauline paulo pawel pedro peggy penelope penny per perrine peter
petra phil philip philipp philippa philippe phoebe pia pierre pierrick pilar pim pina piotr poppy priya
quentin rachel rachele radoslaw rafael rafal raffaele ragnhild rahel raimund rainer ralf ralph ramon raphael
raquel rasmus raul raymond rebecca regina regine reiko reiner reinhard remi renata renate renato rene
ricarda riccardo richard rick rik rikke rita rob robert roberta roberto robin rodrigo roger roland rolf
romain roman romina romy ron ronald ronny rosa rosalia rosalie rosario rose rosemary rosie ross roswitha
roxana roxane roy ruben rudi rudolf rui rupert russell ruth ryan ryszard sabina sabine sabrina sakura sally
salma salvatore sam samanta samantha samira samuel sander sandra sandrine sandy sanne santiago sara sarah
sascha saskia satoshi scott sean sebastian sebastiano sebastien selma serena serge sergio severine shannon
sharon shaun sheila shinji shirley sibylle sidsel sigrid silke silvana silvia silvio simon simona simone
simonetta sina siobhan siri siv slawomir sofia sofie sonia sonja sophia sophie soren stanislaw stefan
stefania stefanie stefano steffen steffi stella stephan stephane stephanie stephen steve steven stig stijn
stina stine stuart sue susan susana susann susanna susanne suzanne svea sven svenja sylke sylvain sylvia
sylvie sylwia szymon tadeusz takashi tamara tania tanja tara tatiana tatjana ted teresa terry tess thea theo
theresa therese thierry thijs thomas thorsten tiago tian till tilo tim timo timothy tina tobias toby tom
tomas tomasz tommaso toni tony torben tore torsten tove tracy trine tristan troels trudy udo ulf uli ulla
ulrich ulrika ulrike umberto ursula ute uwe valentin valentina valentine valeria valerie valerio vanessa
vera verena veronica veronika veronique vicky victor victoria viktor viktoria vincent vincenzo viola violeta
virginia virginie vittoria vivian viviane volker wade waldemar walter wanda wendy werner wibke wiebke
wieslaw wilfried wilhelm willem william willy wim witold wojciech wolfgang xavier xenia yann yannick yasmin
yasmine yoko yolanda yuki yuko yumi yusuf yvan yves yvette yvonne zach zara zbigniew zdzislaw zoe zofia
zoltan zuzanna
"""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "ß": "ss", "đ": "d"})


@cache
def _given_names() -> frozenset[str]:
    return frozenset(_NAMES.split())


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, or two of them joined: `Anna`, `Jean-Pierre`, `Łukasz`."""
    return all(_plain(part) in _given_names() for part in word.split("-"))


def _plain(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return "".join(char for char in parted if not unicodedata.combining(char)).strip(".,")
