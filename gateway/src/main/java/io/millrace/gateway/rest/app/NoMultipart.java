package io.millrace.gateway.rest.app;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartResolver;

/** Leaves forms with files alone, so that they are refused by their content type and nothing of them is spooled to disk. */
final class NoMultipart implements MultipartResolver {
    @Override
    public boolean isMultipart(HttpServletRequest request) {
        return false;
    }

    @Override
    public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
        throw new IllegalStateException("No request is taken for a form with files");
    }

    @Override
    public void cleanupMultipart(MultipartHttpServletRequest request) {}
}
