namespace Ecart.Domains.Transactions;

/// <summary>The way in which a payment was made. Stored by its lower-case name.</summary>
public enum TransactionChannel : byte
{
    /// <summary>Card not present, over the internet.</summary>
    Online,

    /// <summary>Card present at a merchant's terminal (point of sale).</summary>
    Pos,

    /// <summary>Cash machine, card present.</summary>
    Atm,

    /// <summary>Bank transfer.</summary>
    Wire,

    /// <summary>Mobile application or wallet.</summary>
    Mobile,
}
