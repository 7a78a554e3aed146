"""Words for the state of an order: WooCommerce's, common plugins', and those of everyday, in ten languages.

In one column for both, "paid" is an order that is paid and has not left, "open" one that has not left.
"""

import re

from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.sync.stores.statuses import Meaning

_PENDING = (Payment.PENDING, Fulfilment.UNFULFILLED)
_PAID = (Payment.PAID, Fulfilment.UNFULFILLED)
_OPEN = (None, Fulfilment.UNFULFILLED)
_SHIPPED = (Payment.PAID, Fulfilment.SHIPPED)
_DELIVERED = (Payment.PAID, Fulfilment.DELIVERED)
_PARTLY_SHIPPED = (Payment.PAID, Fulfilment.PARTLY)
_REFUNDED = (Payment.REFUNDED, Fulfilment.CANCELLED)
_PARTLY_REFUNDED = (Payment.PARTLY_REFUNDED, Fulfilment.UNKNOWN)
_VOIDED = (Payment.VOIDED, Fulfilment.CANCELLED)

_NAMES: tuple[tuple[Meaning, str], ...] = (
    (
        _PENDING,
        """
        pending, pending payment, on hold, draft, checkout draft, partially paid, zahlung ausstehend,
        ausstehende zahlung, ausstehend, in wartestellung, wartend, entwurf, attente paiement,
        en attente de paiement, en attente, brouillon, pendiente de pago, pendiente, en espera, borrador,
        in attesa di pagamento, in attesa, in sospeso, bozza, wachtend op betaling, in de wacht,
        in afwachting, concept, oczekujące na płatność, wstrzymane, szkic, pagamento pendente, aguardando,
        väntar på betalning, pausad, afventer betaling, på hold, afventer, čeká na platbu, odloženo,
        fizetésre vár, fizetésre várakozik, tartásban, unpaid, not paid, awaiting payment, payment pending,
        payment due, unbezahlt, nicht bezahlt, zahlung offen, wartet auf zahlung, impayé, impayée, non payé,
        non payée, à payer, no pagado, no pagada, impagado, sin pagar, por pagar, non pagato, da pagare,
        onbetaald, niet betaald, nog te betalen, nieopłacone, nieopłacona, nieopłacony, niezapłacone,
        não pago, não paga, a pagar, pendente, obetald, obetalt, ej betald, ubetalt, ikke betalt, 未払い,
        未入金, 入金待ち, warten auf zahlung, wacht op betaling, en attente du paiement, esperando pago,
        čeká na zaplacení, nezaplaceno,
        """,
    ),
    (
        _PAID,
        """
        payment accepted, paiement accepté, pago aceptado, pagamento accettato, zahlung akzeptiert,
        processing, in bearbeitung, en cours, procesando, in lavorazione, in behandeling, wordt verwerkt,
        w trakcie realizacji, processando, em processamento, behandlas, bearbetas, behandles,
        under behandling, zpracovává se, feldolgozás alatt, 処理中, paid, paid in full, payment received,
        bezahlt, gezahlt, zahlung erhalten, zahlung eingegangen, payé, payée, réglé, réglée,
        paiement reçu, pagado, pagada, pago recibido, pagato, pagata, saldato, betaald,
        betaling ontvangen, opłacone, opłacona, opłacony, zapłacone, pago, paga, pagamento recebido, betald,
        betalt, 支払済, 支払い済み, 支払済み, 入金済み,
        """,
    ),
    (
        _OPEN,
        """
        awaiting processing, en cours de préparation, preparación en curso, preparazione in corso,
        open, new, confirmed, accepted, in progress, in production, packed, unfulfilled, unshipped,
        not shipped, ready to ship, to ship, awaiting shipment, awaiting fulfillment, awaiting fulfilment,
        offen, neu, eingegangen, bestätigt, angenommen, in arbeit, in produktion, gepackt, verpackt,
        versandbereit, nicht versendet, nicht versandt, unversendet, noch nicht versendet, ouvert, ouverte,
        nouveau, nouvelle, confirmée, confirmé, en préparation, en production, à expédier, prête à expédier,
        non expédiée, non expédié, abierto, abierta, nuevo, nueva, confirmado, confirmada, en preparación,
        en proceso, por enviar, sin enviar, no enviado, aperto, aperta, nuovo, nuova, confermato,
        confermata, in preparazione, da spedire, non spedito, openstaand, nieuw, bevestigd, in productie,
        ingepakt, te verzenden, niet verzonden, otwarte, nowe, nowa, nowy, przyjęte, potwierdzone,
        w przygotowaniu, do wysłania, niewysłane, aberto, aberta, novo, nova, em preparação, a enviar,
        não enviado, öppen, ny, bekräftad, under arbete, packad, ej skickad, åben, åpen, bekræftet,
        bekreftet, i gang, pakket, ikke sendt, 新規, 受付済み, 未発送, 未出荷, 発送待ち, 未対応,
        対応中, nevyřízena, nevyřízeno, vyřizuje se,
        """,
    ),
    (
        _SHIPPED,
        """
        completed, complete, finished,
        shipped, dispatched, abgeschlossen, fertiggestellt, erledigt, versandt, verschickt,
        versendet, terminée, terminé, expédiée, expédié, completado, completada, enviado, completato,
        spedito, voltooid, afgerond, verzonden, zrealizowane, wysłane, concluído, concluída,
        färdigbehandlad, slutförd, skickad, gennemført, afsendt, fuldført, sendt, dokončeno, odesláno,
        teljesítve, 完了, sent, fulfilled, posted, in transit, on its way, on the way, out for delivery,
        gesendet, abgeschickt, abgesendet, unterwegs, in zustellung, envoyé, envoyée, en transit,
        en cours de livraison, enviada, en camino, en tránsito, despachado, despachada, spedita, inviato,
        inviata, in transito, in consegna, verstuurd, onderweg, wysłana, wysłany, w drodze, nadane,
        a caminho, em trânsito, skickat, på väg, undervejs, underveis, completo, completa,
        warenausgang gebucht, vyřízena, vyřízeno, odeslána, zakończone, 対応済み, 発送済み, 出荷済み, 配送中,
        """,
    ),
    (
        _DELIVERED,
        """
        delivered, zugestellt, geliefert, livrée, livré, entregado, consegnato, bezorgd, geleverd,
        dostarczone, entregue, levererad, leveret, doručeno, arrived, received by customer, angekommen,
        ausgeliefert, entregada, consegnata, dostarczona, levererat, levert, 配達済み, 配達完了,
        """,
    ),
    (
        _PARTLY_SHIPPED,
        """
        partial shipped, partially shipped, teilweise versandt,
        """,
    ),
    (
        _REFUNDED,
        """
        refunded, rückerstattet, erstattet, zurückerstattet, remboursée, remboursé, reembolsado,
        rimborsato, terugbetaald, zwrócone, zwrócono, återbetald, refunderet, refundert, vráceno,
        visszatérítve, 返金済み, money back, reembolsada, rimborsata, terugbetaling, zwrócona,
        """,
    ),
    (
        _PARTLY_REFUNDED,
        """
        partially refunded, teilweise erstattet, teilerstattet, partiellement remboursée,
        parcialmente reembolsado, rimborsato parzialmente, gedeeltelijk terugbetaald,
        """,
    ),
    (
        _VOIDED,
        """
        cancelled, canceled, failed, trash, storniert, abgebrochen, fehlgeschlagen, annulée, annulé,
        échouée, échoué, cancelado, cancelada, fallido, falhado, malsucedido, annullato, cancellato,
        fallito, geannuleerd, mislukt, anulowane, nieudane, avbruten, misslyckades, misslyckad, annulleret,
        mislykkedes, kansellert, zrušeno, selhalo, törölve, visszamondva, sikertelen, キャンセル済み, 失敗,
        void, voided, stornierte, widerrufen, anulado, anulada, annullata, anulowana, annullerad, kanseleret,
        キャンセル,
        """,
    ),
)
STATUSES: dict[str, Meaning] = {
    name: meaning for meaning, names in _NAMES for name in re.split(r"\s*,\s*", names.strip(" \n,"))
}
