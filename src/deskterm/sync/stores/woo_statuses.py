"""WooCommerce's order statuses: its own, common plugins', and their translations."""

import re

from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.sync.stores.statuses import Meaning

_PENDING = (Payment.PENDING, Fulfilment.UNFULFILLED)
_PAID = (Payment.PAID, Fulfilment.UNFULFILLED)
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
        fizetésre vár, fizetésre várakozik, tartásban,
        """,
    ),
    (
        _PAID,
        """
        processing, in bearbeitung, en cours, procesando, in lavorazione, in behandeling, wordt verwerkt,
        w trakcie realizacji, processando, em processamento, behandlas, bearbetas, behandles,
        under behandling, zpracovává se, feldolgozás alatt, 処理中,
        """,
    ),
    (
        _SHIPPED,
        """
        completed, shipped, dispatched, abgeschlossen, fertiggestellt, erledigt, versandt, verschickt,
        versendet, terminée, terminé, expédiée, expédié, completado, completada, enviado, completato,
        spedito, voltooid, afgerond, verzonden, zrealizowane, wysłane, concluído, concluída,
        färdigbehandlad, slutförd, skickad, gennemført, afsendt, fuldført, sendt, dokončeno, odesláno,
        teljesítve, 完了,
        """,
    ),
    (
        _DELIVERED,
        """
        delivered, zugestellt, geliefert, livrée, livré, entregado, consegnato, bezorgd, geleverd,
        dostarczone, entregue, levererad, leveret, doručeno,
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
        visszatérítve, 返金済み,
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
        fallito, geannuleerd, mislukt, anulowane, nieudane, avbruten, misslyckades, misslyckad,
        annulleret, mislykkedes, kansellert, zrušeno, selhalo, törölve, visszamondva, sikertelen,
        キャンセル済み, 失敗,
        """,
    ),
)
STATUSES: dict[str, Meaning] = {
    name: meaning for meaning, names in _NAMES for name in re.split(r"\s*,\s*", names.strip(" \n,"))
}
