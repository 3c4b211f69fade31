using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ecart.App.Serve.Http;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api;

/// <summary>Which page of a list a request asks for.</summary>
/// <param name="Limit">Items, at most.</param>
/// <param name="Cursor">Text of the position after which it begins; null for the beginning.</param>
internal sealed record PageQuery(int Limit, string? Cursor)
{
    /// <summary>Name of the parameter that says where to go on.</summary>
    public const string CursorName = "cursor";

    /// <summary>Items of a page where the request names none.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items of a page that a request may ask for.</summary>
    public const int MostLimit = 200;

    private const string LimitName = "limit";

    /// <summary>Reads it.</summary>
    public static bool TryRead(HttpRequest request, [NotNullWhen(true)] out PageQuery? query, [NotNullWhen(false)] out ProblemAnswer? problem)
    {
        query = null;
        problem = null;
        int limit = DefaultLimit;
        string? text = request.Query[LimitName];
        if (text is not null && !TryReadLimit(text, out limit))
        {
            problem = ProblemAnswer.Invalid(LimitName, text, $"{LimitName} must be a whole number from 1 to {MostLimit}.");
            return false;
        }

        query = new PageQuery(limit, request.Query[CursorName]);
        return true;
    }

    /// <summary>Reads how many items a request asks for.</summary>
    public static bool TryReadLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MostLimit;

    /// <summary>The problem of a cursor that no page gave.</summary>
    public static ProblemAnswer WrongCursor(string? cursor) =>
        ProblemAnswer.Invalid(CursorName, cursor, $"{CursorName} is none that a page gave as next: leave it out to begin anew.");
}
