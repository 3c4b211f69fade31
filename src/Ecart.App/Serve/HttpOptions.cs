using Ecart.App.Commands;
using Ecart.App.Serve.Listening;

namespace Ecart.App.Serve;

/// <summary>The HTTP interface of the service.</summary>
internal sealed class HttpOptions
{
    /// <summary>Longest budget that a request may name, in milliseconds.</summary>
    public const int LongestBudget = 60_000;

    /// <summary>Address to listen on. Default http://127.0.0.1:8080: this machine alone.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The certificate of addresses that begin with https.</summary>
    public CertificateOptions Certificate { get; set; } = new();

    /// <summary>Whether other machines may reach an address without TLS. Default false: keys and cookies would cross the network in the clear.</summary>
    public bool AllowPlain { get; set; }

    /// <summary>Addresses and networks of proxies that are believed when they tell (X-Forwarded-For, X-Forwarded-Proto) for whom they ask, and how. Default none.</summary>
    public IList<string> ForwardedFrom { get; set; } = [];

    /// <summary>Bytes of a request's body, at most. Default 4 MiB, 1 KiB to 64 MiB.</summary>
    public int MaximumBodyBytes { get; set; } = 4 << 20;

    /// <summary>Events or labels of one request, at most. Default 1,000, 1 to 100,000.</summary>
    public int MaximumItems { get; set; } = 1000;

    /// <summary>Seconds after which a request without a budget is told that its outcome is not known yet. Default 30, above 0 to 600.</summary>
    public double AnswerWithinSeconds { get; set; } = 30;

    /// <summary>
    /// Whether programs that send events and labels need a key too, of the role analyst. Default false: whoever reaches <see cref="Listen"/> may send. Everything else
    /// needs a key or a session in any case.
    /// </summary>
    public bool RequireKey { get; set; }

    /// <summary>Hours after which a person must sign in again, above 0 to 720. Default 12.</summary>
    public double SessionHours { get; set; } = 12;

    /// <summary>Another service that vouches for people.</summary>
    public OpenIdOptions Openid { get; set; } = new();

    /// <summary>How verdicts become decisions.</summary>
    public DecisionOptions Decisions { get; set; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="CommandException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        ServeOptions.Require(MaximumBodyBytes is >= 1024 and <= 64 << 20, "http.maximum_body_bytes", MaximumBodyBytes, "1,024 to 67,108,864");
        ServeOptions.Require(MaximumItems is >= 1 and <= 100_000, "http.maximum_items", MaximumItems, "1 to 100,000");
        ServeOptions.Require(AnswerWithinSeconds is > 0 and <= 600, "http.answer_within_seconds", AnswerWithinSeconds, "above 0 to 600");
        ServeOptions.Require(SessionHours is > 0 and <= 720, "http.session_hours", SessionHours, "above 0 to 720");
        Certificate.Validate();
        ListenAddress.Read(this);
        foreach (string from in ForwardedFrom)
            ServeOptions.Require(KestrelSetUp.ParseNetwork(from) is not null, "http.forwarded_from", from, "an IP address, or a network as 10.0.0.0/8");
        Openid.Validate();
        ServeOptions.Require(Decisions.ReviewFrom is >= 0 and <= 1, "http.decisions.review_from", Decisions.ReviewFrom, "0 to 1");
        ServeOptions.Require(
            Decisions.DeclineFrom >= Decisions.ReviewFrom && Decisions.DeclineFrom <= 1, "http.decisions.decline_from", Decisions.DeclineFrom, "review_from to 1");
        ServeOptions.Require(
            Decisions.BudgetMilliseconds is >= 0 and <= LongestBudget, "http.decisions.budget_milliseconds", Decisions.BudgetMilliseconds, "0 (none) to 60,000");
    }
}
