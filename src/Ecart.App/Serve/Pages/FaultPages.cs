using Ecart.App.Serve.Access;
using Ecart.App.Serve.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecart.App.Serve.Pages;

/// <summary>Shows people a problem as a page; programs get it as JSON.</summary>
internal static class FaultPages
{
    private const string Console = "/console";

    /// <summary>Whether a request was made by somebody who reads pages of the console.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Path.StartsWithSegments(Console, StringComparison.Ordinal) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the page.</summary>
    public static Task WriteAsync(HttpContext context, ProblemAnswer problem)
    {
        var page = new RazorComponentResult<FaultPage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Kind"] = problem.Kind,
            ["Heard"] = problem.Title,
            ["Detail"] = problem.Detail,
            ["Field"] = problem.Field,
            ["Value"] = problem.Value,
            ["Principal"] = Principal.Of(context),
            ["Path"] = ConsoleSection.All.FirstOrDefault(section => section.Holds(context.Request.Path))?.Path ?? "/console/home",
        })
        { StatusCode = problem.Status };
        return page.ExecuteAsync(context);
    }
}
