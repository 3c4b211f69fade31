namespace Ecart.App.Terminal;

/// <summary>Tells the steps of a start as they begin. Unlike <see cref="Progress{T}"/> it keeps their order.</summary>
internal sealed class WorkSteps : IProgress<string>
{
    public void Report(string value) => Output.Note(value);
}
