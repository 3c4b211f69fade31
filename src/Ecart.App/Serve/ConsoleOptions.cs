namespace Ecart.App.Serve;

/// <summary>How people work in the console.</summary>
internal sealed class ConsoleOptions
{
    /// <summary>Whether an exception silences nothing before a second person has approved it. Default false.</summary>
    public bool ExceptionsNeedApproval { get; set; }
}
