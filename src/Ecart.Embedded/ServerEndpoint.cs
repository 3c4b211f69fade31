using System.Text.Json;

namespace Ecart.Embedded;

/// <summary>Where a running server answers.</summary>
internal sealed record ServerEndpoint(string SocketPath, int Port)
{
    /// <returns>Null when there is no such file or it is not whole.</returns>
    public static ServerEndpoint? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerEndpoint>(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public void Write(string path)
    {
        var unfinished = path + ".unfinished";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this));
        File.Move(unfinished, path, overwrite: true);
    }
}
