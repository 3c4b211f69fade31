namespace Ecart.Embedded.Tests;

/// <summary>Keeps the reports, in order and at once (unlike <see cref="Progress{T}"/>, which posts them).</summary>
internal sealed class ListProgress(List<string> reports) : IProgress<string>
{
    public void Report(string value)
    {
        lock (reports) reports.Add(value);
    }
}
