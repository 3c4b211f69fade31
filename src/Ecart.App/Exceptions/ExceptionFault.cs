using Ecart.App.Serve.Pages;

namespace Ecart.App.Exceptions;

/// <summary>Why an exception cannot be made as it is asked for.</summary>
/// <param name="Field">The field at fault, snake_case.</param>
/// <param name="Value">Its value.</param>
/// <param name="Text">Key of the text that says so.</param>
/// <param name="Values">What stands in its places.</param>
public sealed record ExceptionFault(string Field, string? Value, string Text, params object?[] Values)
{
    /// <summary>The fault in a language.</summary>
    public string In(Language language) => language.Fill(Text, Values);
}
