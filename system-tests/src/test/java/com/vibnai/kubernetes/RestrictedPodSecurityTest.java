package com.vibnai.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrictedPodSecurityTest {

    private static final String ALLOWED = """
            securityContext:
              runAsNonRoot: true
              runAsUser: 10001
              seccompProfile: {type: RuntimeDefault}
            containers:
              - name: c
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities: {drop: [ALL]}
            volumes:
              - {name: tmp, emptyDir: {}}
            """;

    @Test
    void letsARestrictedPodThrough() {
        assertThat(RestrictedPodSecurity.violations(Kubectl.parse(ALLOWED).get(0)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runAsNonRoot: true               | runAsNonRoot: false             | c: runAsNonRoot is not true
            runAsUser: 10001                 | runAsUser: 0                    | c: runs as user 0
            type: RuntimeDefault             | type: Unconfined                | c: seccompProfile is 'Unconfined'
            allowPrivilegeEscalation: false  | privileged: true                | c: privileged
            allowPrivilegeEscalation: false  | readOnlyRootFilesystem: true    | c: allowPrivilegeEscalation is not false
            drop: [ALL]                      | drop: [NET_RAW]                 | c: does not drop ALL capabilities
            drop: [ALL]                      | drop: [ALL], add: [SYS_ADMIN]   | c: adds capabilities
            emptyDir: {}                     | hostPath: {path: /}             | volume of type hostPath
            securityContext:                 | hostNetwork: true               | hostNetwork
            """)
    void namesWhatIsNotRestricted(String good, String bad, String violation) {
        String spec = good.equals("securityContext:") ? bad + "\n" + ALLOWED : ALLOWED.replace(good, bad);

        assertThat(RestrictedPodSecurity.violations(Kubectl.parse(spec).get(0))).contains(violation);
    }
}
