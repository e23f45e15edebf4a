package dev.sequencer.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialStoreTest {
  @Test
  void noneHasNothing() {
    assertThat(CredentialStore.none().find("", "ann")).isEmpty();
  }

  @Test
  void aMapIsCopiedAndTheSameForAllTenants() {
    Credential.Password password = new Credential.Password("ann", "secret");
    Map<String, Credential> map = new HashMap<>(Map.of("ann", password));
    CredentialStore store = CredentialStore.inMemory(map);
    map.clear();
    assertThat(store.find("", "ann")).contains(password);
    assertThat(store.find("acme", "ann")).contains(password);
    assertThat(store.find("", "Ann")).isEmpty();
  }

  @Test
  void theEnvironmentHasPasswordsAndTokens() {
    CredentialStore store =
        CredentialStore.environment(
            Map.of(
                "SEQUENCER_ANN_PASSWORD", "p1",
                "SEQUENCER_ANN_USER", "ann-user",
                "SEQUENCER_BEN_TOKEN", "t1",
                "SEQUENCER_CY_PASSWORD", "p2",
                "SEQUENCER_CY_TOKEN", "t2",
                "SEQUENCER_DEE_USER", "dee"));
    assertThat(store.find("", "ann")).contains(new Credential.Password("ann-user", "p1"));
    assertThat(store.find("acme", "ann")).contains(new Credential.Password("ann-user", "p1"));
    assertThat(store.find("", "ben")).contains(new Credential.AccessToken("", "t1"));
    assertThat(store.find("", "cy")).contains(new Credential.Password("", "p2"));
    assertThat(store.find("", "dee")).isEmpty();
    assertThat(store.find("", "eve")).isEmpty();
    assertThat(store.find("", "")).isEmpty();
  }

  @Test
  void otherCharactersOfAReferenceAreUnderscoresInTheEnvironment() {
    CredentialStore store =
        CredentialStore.environment(Map.of("SEQUENCER_ANN_ACME_EXAMPLE_PASSWORD", "p"));
    assertThat(store.find("", "ann@acme.example")).isPresent();
    assertThat(store.find("", "Ann-Acme.Example")).isPresent();
    assertThat(CredentialStore.environment(Map.of("SEQUENCER_INFO_PASSWORD", "p")).find("", "info"))
        .isPresent();
  }

  @Test
  void theEnvironmentOfTheProcessCanBeRead() {
    assertThat(CredentialStore.environment().find("", "no such reference at all")).isEmpty();
  }

  @Test
  void secretsAreNeverShown() {
    assertThat(new Credential.Password("user", "secret")).hasToString("Password[hidden]");
    assertThat(new Credential.AccessToken("user", "secret")).hasToString("AccessToken[hidden]");
    CredentialStore store =
        CredentialStore.inMemory(Map.of("ann", new Credential.Password("user", "secret")));
    Sender sender = Sender.of("acme", EmailAddress.of("ann@x"), Optional.of("ann"), store);
    assertThat(sender).hasToString("Sender[tenant=acme]");
    assertThat(sender.credential()).isPresent();
    assertThat(sender.needsCredential()).isTrue();
    assertThat(sender.key()).isEqualTo("acme|ann@x");
    assertThat(Sender.of(EmailAddress.of("ann@x")).credential()).isEmpty();
    assertThat(Sender.of(EmailAddress.of("ann@x")).needsCredential()).isFalse();
  }
}
