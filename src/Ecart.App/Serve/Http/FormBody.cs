using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>The form that a page posts.</summary>
internal static class FormBody
{
    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">The body is no form, or too long.</exception>
    public static Task<IFormCollection> ReadAsync(HttpContext context) => context.Request.HasFormContentType
        ? context.Request.ReadFormAsync(context.RequestAborted)
        : throw new BadHttpRequestException("The body is no form.");
}
