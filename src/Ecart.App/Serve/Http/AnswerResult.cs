using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>An answer, or a problem, as the result of an endpoint.</summary>
internal sealed class AnswerResult(Answer answer) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => AnswerWriter.WriteAsync(httpContext.Response, answer);
}
