package dev.sequencer.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
  private static final String SES =
      "250 Ok 010001727bf05c7f-8ff7cc5f-aea3-4284-91ea-51f2f82c4469-000000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          250 Ok 010001727bf05c7f-8ff7cc5f-aea3-4284-91ea-51f2f82c4469-000000 | 010001727bf05c7f-8ff7cc5f-aea3-4284-91ea-51f2f82c4469-000000
          250 Ok: queued as nhIMmON9SFOPcT0ii4nt2A                            | nhIMmON9SFOPcT0ii4nt2A
          250 2.0.0 Ok: queued as 6A59F1B20C                                  | 6A59F1B20C
          250 OK queued as a08b7f37-ed61-423a-ba75-38ed2fd4b54c               | a08b7f37-ed61-423a-ba75-38ed2fd4b54c
          250 Message queued as 16f1c9.0001                                   | 16f1c9.0001
          250 1a2b3c4d-5e6f-4a1b-8c2d-9e8f7a6b5c4d                            | 1a2b3c4d-5e6f-4a1b-8c2d-9e8f7a6b5c4d
          250 Great success                                                   | key@acme.example
          250 OK id=1rXyZa-0005kQ-2B                                          | 1rXyZa-0005kQ-2B
          250 2.0.0 4AB1cD2e012345 Message accepted for delivery              | 4AB1cD2e012345
          250 2.0.0 OK  1719999999 af79cd13be357-7a1b2c3d4e5.12 - gsmtp       | af79cd13be357-7a1b2c3d4e5.12
          250 2.0.0 ok                                                        |
          250 Thank you, your mail was taken                                  |
          """)
  void theProvidersIdIsFound(String reply, String id) {
    Receipt receipt = receipt(reply, "smtp.acme.example");
    assertThat(receipt.providerId().orElse(null)).isEqualTo(id);
    assertThat(receipt.actualMessageId()).isEmpty();
    assertThat(receipt.text()).isNotBlank();
  }

  @Test
  void amazonSesMakesAMessageIdOfItsOwnAtTheNameOfItsRegion() {
    String id = "010001727bf05c7f-8ff7cc5f-aea3-4284-91ea-51f2f82c4469-000000";
    assertThat(receipt(SES, "email-smtp.eu-west-1.amazonaws.com").actualMessageId())
        .contains("<" + id + "@eu-west-1.amazonses.com>");
    assertThat(receipt(SES, "Email-SMTP.us-east-1.amazonaws.com").actualMessageId())
        .contains("<" + id + "@email.amazonses.com>");
    assertThat(receipt(SES, "relay.acme.example").actualMessageId()).isEmpty();
  }

  @Test
  void exchangeOnlineTellsTheMessageIdThatItMade() {
    Receipt receipt =
        receipt(
            "250 2.0.0 OK <DB7PR1@DB7PR1.eurprd05.prod.outlook.com> [Hostname=DB7PR1]",
            "smtp.office365.com");
    assertThat(receipt.actualMessageId()).contains("<DB7PR1@DB7PR1.eurprd05.prod.outlook.com>");
    Receipt kept =
        receipt(
            "250 2.6.0 <key@acme.example> [InternalId=123, Hostname=x] Queued mail for delivery",
            "smtp.office365.com");
    assertThat(kept.actualMessageId()).isEmpty();
    assertThat(kept.providerId()).contains("key@acme.example");
  }

  private static Receipt receipt(String line, String host) {
    return Acceptance.of(Reply.of(250, line + "\n"), host, "<key@acme.example>");
  }
}
