package com.vibnai.attribution.platform.security;

import com.sun.net.httpserver.HttpServer;
import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Two issuers of tokens that publish their keys over HTTP, secrets for read tokens, and keys of administrators. */
public final class Issuers implements QuarkusTestResourceLifecycleManager {

    public static final String APP = "https://app.example.com";
    public static final String OIDC = "https://login.example.com/realms/staff";
    public static final String AUDIENCE = "attribution";
    public static final String READ_SECRET = "1f6e8b0a7cd94e3b9c52d7a8e4f0b613";
    public static final String OLD_READ_SECRET = "c04a9d3e5b7f41628f1e0d9c8b7a6f55";
    public static final String ADMIN_KEY = "ak_test_admin";
    public static final String NEXT_SERVER_KEY = "sk_test_server_next";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            PublicJsonWebKey rsa = named(RsaJwkGenerator.generateJwk(2048), "rsa");
            PublicJsonWebKey ec = named(EcJwkGenerator.generateJwk(EllipticCurves.P256), "ec");
            PublicJsonWebKey staff = named(RsaJwkGenerator.generateJwk(2048), "staff");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            publish("/app", new JsonWebKeySet(rsa, ec));
            publish("/oidc", new JsonWebKeySet(staff));
            server.start();
            return settings(
                    rsa, ec, staff, "http://localhost:" + server.getAddress().getPort());
        } catch (JoseException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static Map<String, String> settings(
            PublicJsonWebKey rsa, PublicJsonWebKey ec, PublicJsonWebKey staff, String address) {
        Map<String, String> settings = new HashMap<>();
        settings.put("attribution.browser.token.issuer", APP);
        settings.put("attribution.browser.token.jwks-url", address + "/app");
        settings.put("attribution.browser.token.audience", AUDIENCE);
        settings.put("attribution.oidc.issuer", OIDC);
        settings.put("attribution.oidc.jwks-url", address + "/oidc");
        settings.put("attribution.oidc.audience", AUDIENCE);
        settings.put("attribution.oidc.roles-claim", "realm_access.roles");
        settings.put("attribution.oidc.roles.analyst", "read");
        settings.put("attribution.oidc.roles.operator", "read,admin");
        settings.put("attribution.read-tokens.secrets", READ_SECRET + "," + OLD_READ_SECRET);
        settings.put("attribution.api-keys.admin.digest", AttributionStack.sha256(ADMIN_KEY));
        settings.put("attribution.api-keys.admin.scopes", "admin");
        settings.put("attribution.api-keys.servernext.digest", AttributionStack.sha256(NEXT_SERVER_KEY));
        settings.put("attribution.api-keys.servernext.scopes", "ingest");
        settings.put("test.keys.rsa", rsa.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        settings.put("test.keys.ec", ec.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        settings.put("test.keys.staff", staff.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        return settings;
    }

    private void publish(String path, JsonWebKeySet keys) {
        byte[] body = keys.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        return key;
    }

    /** One of the issuers' own keys. */
    public static PublicJsonWebKey key(String name) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(
                    ConfigProvider.getConfig().getValue("test.keys." + name, String.class));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with these claims, signed by this key. */
    public static String token(PublicJsonWebKey key, String algorithm, String claims) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setKey(key.getPrivateKey());
            signature.setPayload(claims);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
