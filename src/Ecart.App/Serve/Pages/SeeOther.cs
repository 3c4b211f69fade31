using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Pages;

/// <summary>303 See Other: the browser gets the page at an address, whatever it posted.</summary>
internal sealed class SeeOther(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
