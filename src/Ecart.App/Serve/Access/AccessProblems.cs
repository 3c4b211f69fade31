using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Access;

/// <summary>Why a request was not let through.</summary>
internal static class AccessProblems
{
    public static ProblemAnswer NotFound { get; } = new(
        StatusCodes.Status404NotFound, "not_found", "There is nothing here", "docs/reference/http.md tells what there is.");

    public static ProblemAnswer SignInFirst { get; } = new(
        StatusCodes.Status401Unauthorized, "sign_in_first", "It is not known who asks",
        "Send a valid key in the header Authorization: Bearer ecart_..., or sign in at /console/sign-in.");

    public static ProblemAnswer AnotherSite { get; } = new(
        StatusCodes.Status403Forbidden, "another_site", "Another site sent this", "Changes are taken from the console's own pages and from programs.");

    public static ProblemAnswer NoPageToken { get; } = new(
        StatusCodes.Status403Forbidden, "no_page_token", "The page's token is missing or wrong",
        $"Reload the page and try again. A script sends the page's token in the header {AccessGate.TokenHeader}; a program uses a key instead of a session.");

    public static ProblemAnswer NotAllowed(AccessRole has, AccessRole needs) => new(
        StatusCodes.Status403Forbidden, "not_allowed", "The role is not enough",
        $"This needs the role {Names.Of(needs)}; yours is {Names.Of(has)}. An administrator can change it: ecart users set-role.");
}
