package io.millrace.gateway.rest.app;

import io.millrace.gateway.rest.problem.ProblemValve;
import io.millrace.gateway.rest.problem.ProblemWriter;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Sets the servlet container up for long requests: a virtual thread each, patience while a body trickles in, and no page
 * in HTML ever. Runs after Boot's own customizers, whose error page it covers.
 */
final class RestServer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private final RestProperties properties;
    private final ProblemWriter problems;

    RestServer(RestProperties properties, ProblemWriter problems) {
        this.properties = properties;
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve(problems)));
        factory.addConnectorCustomizers(this::customize);
    }

    private void customize(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setExecutor(new VirtualThreadExecutor("rest-"));
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout(
                    Math.toIntExact(properties.bodyIdle().toMillis()));
        }
    }
}
