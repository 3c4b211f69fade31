namespace Ecart.Embedded;

/// <summary>MariaDB cannot be found, provisioned, started or reached. The message names what is missing and what to do about it.</summary>
public sealed class EmbeddedMariaDbException : Exception
{
    /// <summary>Every way to a server that does not need this machine's package manager, for the end of a message.</summary>
    internal const string Remedy =
        "Install MariaDB 11.7 or newer, or point ECART_MARIADB at a running server " +
        "(for instance \"Server=127.0.0.1;User ID=ecart;Password=...;Database=ecart\"), " +
        "or run `docker compose -f deploy/compose.yaml up -d mariadb` and use the connection string it names.";

    /// <summary>Makes the exception with a message for people.</summary>
    public EmbeddedMariaDbException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message for people and the error behind it.</summary>
    public EmbeddedMariaDbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A message of what is wrong, followed by every remedy: on a line of its own if the problem ends its line.</summary>
    internal static EmbeddedMariaDbException WithRemedy(string problem) =>
        new($"{problem.TrimEnd()}{(problem.EndsWith('\n') ? '\n' : ' ')}{Remedy}");
}
