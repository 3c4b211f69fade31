using System.Globalization;
using Ecart.App.Exceptions;
using Ecart.App.Serve.Http;
using Ecart.App.Serve.Pages;
using Ecart.MariaDb.Exceptions;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Exceptions;

/// <summary>Why something was not done with an exception.</summary>
internal static class ExceptionProblems
{
    /// <summary>A second person is a person.</summary>
    public static ProblemAnswer NoPerson { get; } = new(
        StatusCodes.Status403Forbidden, "not_a_person", "A key is no person", "An exception is approved by a person who signs in: open it at /console/exceptions.");

    /// <summary>A fault of what was asked for.</summary>
    public static ProblemAnswer Of(ExceptionFault fault) => ProblemAnswer.Invalid(fault.Field, fault.Value, fault.In(Language.English));

    /// <summary>No exception of this number.</summary>
    public static ProblemAnswer Missing(long id) => ProblemAnswer.Missing($"There is no exception {id.ToString(CultureInfo.InvariantCulture)}.");

    /// <summary>Why a change was not made; null when it was.</summary>
    public static ProblemAnswer? Of(ExceptionChange change, long id) => change switch
    {
        ExceptionChange.Done => null,
        ExceptionChange.Missing => Missing(id),
        ExceptionChange.SamePerson => new(
            StatusCodes.Status403Forbidden, "same_person", "It needs a second person", "Who asked for an exception cannot approve it: ask somebody else."),
        _ => new(
            StatusCodes.Status409Conflict, "not_now", "The exception stands elsewhere", "It does not wait for approval, or was revoked before: look at its state."),
    };
}
