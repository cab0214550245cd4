"""`ledger1540 send-mail`: one pass of sending."""

from interfaces.cli.reading import Answer, Request, reading


@reading(("home", "actor", "json"))
def send_mail(request: Request) -> Answer:
    """Send what is approved or needs no approval, once, to the server that LEDGER1540_SMTP names or else to a folder.

    What was cut short before is recorded as uncertain first. Where there is no address, the letter is kept in the
    home under outbox-mail/by-hand, to be handed over.
    """
    from interfaces.cli.screens.outbox import write_sent
    from interfaces.mailing import addresses_of, mailer_of
    from workflows.mail.sending import send_waiting

    with request.recording() as record:
        mailer, addresses = mailer_of(record.home), addresses_of(record)
        sent = send_waiting(record, mailer, addresses, actor=request.reader.actor, at=request.now)
    return Answer(sent, lambda: write_sent(sent))
