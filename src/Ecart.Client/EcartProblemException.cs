using System.Net;

namespace Ecart.Client;

/// <summary>The service has refused a request, or could not carry it out.</summary>
/// <param name="problem">What it says.</param>
/// <param name="retryAfter">After how long to try again; null when that does not help.</param>
public sealed class EcartProblemException(Problem problem, TimeSpan? retryAfter) : Exception(problem.Detail)
{
    /// <summary>What the service says.</summary>
    public Problem Problem => problem;

    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status => (HttpStatusCode)problem.Status;

    /// <summary>The field at fault; null when there is none.</summary>
    public string? Field => problem.Field;

    /// <summary>After how long to try again; null when that does not help.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
