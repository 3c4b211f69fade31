using System.Globalization;

namespace Ecart.App.Declared;

/// <summary>What is wrong with a declaration, and where it stands.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">For a person.</param>
internal sealed record DeclarationProblem(int Line, int Column, string Message)
{
    /// <summary><c>12:5: message</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}: {Message}");
}
