import java.net.HttpURLConnection;
import java.net.URI;

/** Ends with 0 if the service in this container is ready. The image has no shell or curl to ask with. */
public final class Health {

    private static final int TIMEOUT_MILLIS = 4000;

    private Health() {}

    /** The argument is the management port, unless QUARKUS_MANAGEMENT_PORT says another. */
    public static void main(String[] arguments) throws Exception {
        String port = System.getenv().getOrDefault("QUARKUS_MANAGEMENT_PORT", arguments[0]);
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        System.exit(connection.getResponseCode() == 200 ? 0 : 1);
    }
}
