using System.Text.Json;

namespace Ecart.App.Serve.Http;

/// <summary>The answer to one posted item.</summary>
/// <param name="Status">HTTP status of a request that holds this item alone.</param>
internal abstract record Answer(int Status)
{
    /// <summary>Writes the members, without braces and status.</summary>
    public abstract void WriteMembers(Utf8JsonWriter json);
}
