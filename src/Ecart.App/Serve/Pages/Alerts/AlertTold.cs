namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>What was done, told on the page that comes after.</summary>
/// <param name="Word">Key of the sentence.</param>
/// <param name="Done">Alerts to which it was done.</param>
/// <param name="Left">Alerts that were left as they are.</param>
/// <param name="Waiting">Decisions from which the pipeline has not learned yet.</param>
public sealed record AlertTold(string Word, int Done, int Left, int Waiting)
{
    /// <summary>Names in the address that tell it.</summary>
    public static IReadOnlyList<string> Names { get; } = ["told", "done", "left", "waiting"];

    /// <summary>The sentence.</summary>
    public string In(Language language)
    {
        string said = language.TryText("alerts.told." + Word) is { } text ? string.Format(language.Numbers, text, Done) : language["alerts.told.refused"];
        if (Left > 0) said += " " + language.Fill("alerts.told.left", Left);
        if (Waiting > 0) said += " " + language.Fill("alerts.told.waiting", Waiting);
        return said;
    }
}
