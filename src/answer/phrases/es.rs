//! What the bot says in Spanish, tú-form; the English table says what each phrase is for.
//!
//! A value may stand in another language, gender and number, so as little as can be agrees with one. "Negado" and
//! "supuestamente" leave open whether it is so; "desmentido" would not.

use super::Phrases;
use crate::answer::smalltalk::Talk;
use crate::answer::smalltalk::Talks;

pub(super) const ES: Phrases = Phrases {
    code: "es",
    closest: "Lo más parecido que hay en la noticia:",
    unknown: "La noticia no lo dice.",
    unknown_several: "Ninguna de las noticias lo dice.",
    no_question: "No encuentro ninguna pregunta ahí.",
    two_stories: "Encajan dos noticias; ¿a cuál te refieres?",
    ask: "Podrías preguntar:",
    inferred: "(se deduce quién habla)",
    no_speaker: "no se dice quién habla",
    source: "Fuente:",
    no_author: "El archivo de la noticia no indica autor.",
    no_date: "La fuente no indica fecha de publicación.",
    greeting: "¡Hola! Pregúntame sobre la noticia; respondo con frases y citas de las que hay constancia.",
    thanks: "De nada.",
    bot: "Soy onrecord, un bot sin modelo de lenguaje: busco las preguntas en una base de hechos que un editor \
        elaboró a partir del artículo, y cuando no contiene la respuesta, lo digo.",
    help: "Pregunta con tus propias palabras. Respondo con una frase con su fuente y la cita textual, si la hay; \
        si no, ofrezco lo más parecido que tengo o digo que la noticia no lo dice.",
    capable: "Puedo responder sobre:",
    lacks_when: "La noticia no dice cuándo. Sí dice:",
    lacks_who: "La noticia no dice quién. Sí dice:",
    lacks_where: "La noticia no dice dónde. Sí dice:",
    lacks_how_many: "La noticia no dice cuántos ni cuánto. Sí dice:",
    lacks_why: "La noticia no dice por qué. Sí dice:",
    written_by: "El artículo fue escrito por {}.",
    published_on: "El artículo se publicó el {}.",
    from_source: "Procede de {}.",
    as_of: "(a fecha de {})",
    corrected_on: "Corregido el {}:",
    paragraph: "párrafo {}",
    headline: "titular",
    byline: "firma",
    // A box, a caption or a link.
    aside: "texto aparte",
    according_to: "Según {}",
    stated: "Según se declara",
    alleged: "Supuestamente",
    alleged_by: "Supuestamente, según {}",
    denied: "Negado",
    denied_by: "Negado por {}",
    opinion: "Opinión",
    opinion_of: "Opinión de {}",
    relayed_by: "tal como lo recoge {}",
    no_quote: "No hay palabras textuales sobre eso. La noticia sí dice:",
    no_such_quote: "No hay citas así.",
    some_of_list: "{} de {}:",
    more: "Di «más» para ver el resto.",
    no_more: "Eso es todo lo que dice la noticia al respecto.",
    nothing_before: "No sé a qué se refiere eso; haz una pregunta completa, por favor.",
    said_by: "Dicho por {}.",
    claimed_by: "Es la versión de {}.",
    claimed_as_relayed: "Es la versión de {}, tal como la recoge {}.",
    reported_by_article: "Lo dice el propio artículo, sin atribuirlo a nadie.",
    beside_article: "Está en la página junto al artículo, no en él.",
    alleged_only: "Es una afirmación sin probar, no un hecho establecido.",
    opinion_only: "Es una opinión.",
    denied_only: "Eso ha sido negado.",
    declined: "Solo respondo preguntas sobre la noticia, con aquello de lo que hay constancia.",
    no_opinion: "No tengo opinión; esto es aquello de lo que hay constancia.",
    other_half: "Sobre la otra pregunta, la noticia no dice nada.",
    other_language: "El idioma de la noticia es {}; en tu pregunta solo puedo buscar nombres y números.",
    people: "En la noticia se nombra a:",
};

/// No row has both "el" and "paso", and none calls for "va": El Paso and VA are places.
pub(super) const TALKS: Talks = &[
    (
        Talk::Thanks,
        "gracias agradezco agradecido agradecida",
        "muchas mil muchisimas te le por la el tu ayuda respuesta respuestas informacion todo lo de nada vale ok muy amable genial perfecto bot de verdad",
    ),
    (
        Talk::Greeting,
        "hola holi buenas buenos saludos hey hi hello",
        "dias tardes noches dia muy que tal como estas esta va todo bien todos a bot onrecord amigo amigos tu y",
    ),
    (Talk::Greeting, "tal estas", "que como todo bien tu bot hola muy buenas"),
    (
        Talk::Help,
        "ayuda ayudame ayudar ayudarme comandos instrucciones",
        "necesito por favor me puedes podrias con un poco de la una el los bot como cuales son que hay quiero a",
    ),
    (
        Talk::Summary,
        "paso pasado pasa pasando ocurrido ocurrio ocurre sucedido sucedio sucede",
        "que ha esta lo es aqui exactamente hola todo esto",
    ),
    (
        Talk::Summary,
        "trata",
        "de que va se la el lo esta este esto noticia articulo nota texto historia exactamente todo sobre hola",
    ),
    (
        Talk::People,
        "mencionado mencionados mencionada mencionadas menciona mencionan nombrado nombrados nombra nombran aparece aparecen implicado implicados involucrado involucrados",
        "quien quienes a que cual cuales es son esta estan se personas persona gente empresas companias organizaciones paises gobiernos nombres los las la el en de todos todas este esta articulo noticia nota texto historia",
    ),
    (
        Talk::Capable,
        "responder respondes responderme contestar contestas sabes preguntar preguntarte preguntas pregunta temas hablar hacer",
        "que cosas de sobre a cuales cual puedes podrias puedo podemos tu me te yo hacerte hago se una tengo un la las los son conoces bot todo y",
    ),
    (
        Talk::Bot,
        "bot onrecord tu te eres",
        "un una el la quien que es esto como cual humano humana persona real maquina robot ia ai llm chatgpt gpt hizo creo programo desarrollo ha hecho creado programado funciona funcionas haces llamas nombre o de verdad y",
    ),
    (
        Talk::Summary,
        "resumen resumir resumirme resumirlo resume resumeme resumelo resumela resumas sintesis tldr",
        "un una el la lo los de del me puedes podrias haz hazme da dame por favor articulo noticia nota texto historia este esta esto breve corto en pocas palabras quiero que todo",
    ),
    (
        Talk::Author,
        "autor autora autores escribio escrito escrita redacto redactado periodista reportero reportera firmante",
        "quien quienes cual es son fue ha han sido por el la los lo del de esto este esta articulo noticia nota texto historia reportaje se llama como nombre que a",
    ),
    (
        Talk::Published,
        "publicado publicada publico publicaron publicacion fecha escrito escrita",
        "cuando cual que dia en es fue ha sido se el la lo los del de esto este esta articulo noticia nota texto historia reportaje tiene a",
    ),
    (
        Talk::Source,
        "fuente fuentes enlace link url origen procede proviene sacas sacaste sacado",
        "cual cuales que quien es son tu tus la las el los lo de del donde has esto este esta articulo noticia nota texto historia informacion datos da das dame me puedes dar pasar pasas por favor original leer a eso y",
    ),
    (Talk::Source, "esto", "de donde sale viene procede lo has sacado es"),
];
