using System.Diagnostics;

namespace Ecart.Bench;

/// <summary>Progress as lines on the error stream, each with the time since the start, so that the output holds nothing but the result.</summary>
internal sealed class ErrorStreamProgress : IProgress<string>
{
    private readonly long started = Stopwatch.GetTimestamp();

    public void Report(string value) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(started):mm\\:ss}  {value}");
}
