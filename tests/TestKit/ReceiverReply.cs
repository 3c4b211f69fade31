namespace Ecart.TestKit;

/// <summary>How a receiver answers.</summary>
/// <param name="Status">Status of HTTP.</param>
/// <param name="Body">The text.</param>
public sealed record ReceiverReply(int Status = 200, string Body = "ok")
{
    /// <summary>How long it waits first.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it closes the connection in the middle of its answer.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
