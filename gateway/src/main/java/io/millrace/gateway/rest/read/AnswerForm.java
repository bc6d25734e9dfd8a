package io.millrace.gateway.rest.read;

import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The forms in which records are answered. */
enum AnswerForm {
    PAGE("application/json"),
    EVENTS(ServerSentEvents.MEDIA_TYPE),
    LINES(RecordLines.MEDIA_TYPE);

    private final String mediaType;

    AnswerForm(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The form that an Accept header likes best; a page when it does not care. */
    static AnswerForm of(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return PAGE;
        }
        for (MediaType wanted : accepted(accept)) {
            for (AnswerForm form : values()) {
                if (wanted.getQualityValue() > 0 && wanted.includes(MediaType.parseMediaType(form.mediaType))) {
                    return form;
                }
            }
        }
        throw notAcceptable();
    }

    private static List<MediaType> accepted(String accept) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(accepted);
            return accepted;
        } catch (InvalidMediaTypeException wrong) {
            throw notAcceptable();
        }
    }

    private static RuntimeException notAcceptable() {
        return Problem.of(
                        ProblemKind.NOT_ACCEPTABLE,
                        "Records come as application/json, text/event-stream or application/x-ndjson, none of which the"
                                + " Accept header allows.")
                .asException();
    }
}
