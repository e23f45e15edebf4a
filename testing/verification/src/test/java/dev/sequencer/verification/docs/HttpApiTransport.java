package dev.sequencer.verification.docs;

import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.TransportLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

final class HttpApiTransport implements MailTransport {
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  HttpApiTransport(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public TransportLimits limits() {
    return TransportLimits.of(Duration.ofSeconds(30), ANSWER);
  }

  @Override
  public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
    HttpRequest request = request(mail);
    if (!permit.check()) {
      return SendResult.notHandedOver("permit expired");
    }
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException neverLeft) {
      return SendResult.notHandedOver("no connection");
    } catch (IOException noAnswer) {
      return SendResult.inDoubt("the request left, no answer came");
    }
    return switch (answer.statusCode()) {
      case 200 -> SendResult.sent(mail.messageId(), answer.body());
      case 401, 403 -> SendResult.mailboxTrouble(SendResult.Kind.LOGIN, "the key was refused");
      case 422 -> SendResult.refusedRecipient("422", answer.body());
      case 429 -> SendResult.mailboxTrouble(SendResult.Kind.THROTTLED, "too many requests");
      default -> SendResult.inDoubt("status " + answer.statusCode());
    };
  }

  private HttpRequest request(OutgoingMail mail) {
    return HttpRequest.newBuilder(endpoint)
        .timeout(ANSWER)
        .header("Idempotency-Key", mail.key().value())
        .POST(HttpRequest.BodyPublishers.ofString(mail.content().subject()))
        .build();
  }
}
