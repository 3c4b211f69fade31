using System.Text;
using System.Text.Json;

namespace Ecart.TestKit;

/// <summary>A request that a receiver got.</summary>
/// <param name="Timestamp">When, by the system's monotonic clock.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path with the query.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record ReceivedRequest(long Timestamp, string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What was answered; 0 when the connection was closed.</summary>
    public int Status { get; init; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);
}
