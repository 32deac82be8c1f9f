package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  @TempDir static Path directory;
  private final Certificates made =
      Certificates.generate(directory, List.of("127.0.0.1", "127.0.0.2"));

  @Test
  void an_authority_signs_node_and_client_and_another_one_signs_neither() throws Exception {
    X509Certificate authority = only(made.trustStore());
    X509Certificate strangers = only(made.strangersTrustStore());

    assertThat(authority.getBasicConstraints()).isNotNegative();
    for (Path store :
        List.of(
            made.node(),
            made.client(),
            made.expiredNode(),
            made.expiredClient(),
            made.misnamedNode())) {
      X509Certificate signed = only(store);
      assertThatCode(() -> signed.verify(authority.getPublicKey())).doesNotThrowAnyException();
      assertThatThrownBy(() -> signed.verify(strangers.getPublicKey()))
          .isInstanceOf(SignatureException.class);
      assertThat(signed.getBasicConstraints()).isNegative();
    }
    only(made.stranger()).verify(strangers.getPublicKey());
  }

  @Test
  void those_that_are_expired_are_so_and_no_others() throws Exception {
    for (Path store : List.of(made.trustStore(), made.node(), made.client(), made.stranger())) {
      only(store).checkValidity();
    }
    for (Path store : List.of(made.expiredNode(), made.expiredClient())) {
      assertThatThrownBy(only(store)::checkValidity)
          .isInstanceOf(CertificateExpiredException.class);
    }
  }

  @Test
  void a_node_s_certificate_names_localhost_and_the_addresses() throws Exception {
    assertThat(only(made.node()).getSubjectAlternativeNames())
        .<Object>extracting(name -> name.get(1))
        .containsExactly("localhost", "127.0.0.1", "127.0.0.2");
    assertThat(only(made.misnamedNode()).getSubjectAlternativeNames())
        .<Object>extracting(name -> name.get(1))
        .containsExactly("elsewhere.invalid");
  }

  @Test
  void the_text_of_this_value_holds_no_password() {
    assertThat(made.password()).hasSizeGreaterThan(20);
    assertThat(made.toString()).doesNotContain(made.password());
  }

  private X509Certificate only(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(file.toFile(), made.password().toCharArray());
    return (X509Certificate)
        store.getCertificate(Collections.list(store.aliases()).iterator().next());
  }
}
