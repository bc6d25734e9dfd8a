package io.millrace.gateway.rest.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The container's error page: errors that did not pass through a controller get the same body. */
@RestController
public final class ProblemErrorController implements ErrorController {
    private final ProblemWriter writer;

    public ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    /** What the container says that went wrong, in our form. */
    @RequestMapping("/error")
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String instance = uri == null ? request.getRequestURI() : uri.toString();
        writer.write(problemOf(status instanceof Integer code ? code : 404, instance), instance, request, response);
    }

    static Problem problemOf(int status, String what) {
        ProblemKind kind = ProblemKind.ofStatus(status);
        return switch (kind) {
            case UNKNOWN_PATH -> Problem.of(kind, "There is nothing at " + what + ".");
            case INTERNAL -> internal();
            case MALFORMED_HTTP -> Problem.of(kind, "The request is not one that HTTP or this server allows.");
            default -> Problem.of(kind, kind.title() + ": " + what + ".");
        };
    }

    static Problem internal() {
        return Problem.of(
                ProblemKind.INTERNAL, "The gateway failed; its log has the cause under the request id of this answer.");
    }
}
